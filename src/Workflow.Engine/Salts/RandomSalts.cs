using System.Security.Cryptography;
using Workflow.Core.Dossiers;

namespace Workflow.Engine.Salts;

/// <summary>Salts that nobody can foresee: 16 random bytes each. What an office runs with.</summary>
public sealed class RandomSalts : ISaltSource
{
    private const int Length = 16;

    /// <inheritdoc/>
    public byte[] SaltOf(DossierCode code, int version) => RandomNumberGenerator.GetBytes(Length);
}
