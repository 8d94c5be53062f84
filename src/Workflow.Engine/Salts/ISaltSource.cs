using Workflow.Core.Dossiers;

namespace Workflow.Engine.Salts;

/// <summary>Gives the salt of a journal row, without which its digests cannot be guessed back.</summary>
/// <remarks>Safe to call from many threads.</remarks>
public interface ISaltSource
{
    /// <summary>Returns the salt of the row that a command makes: 16 bytes or more, which the caller keeps.</summary>
    /// <param name="code">The dossier.</param>
    /// <param name="version">The version that the command makes.</param>
    byte[] SaltOf(DossierCode code, int version);
}
