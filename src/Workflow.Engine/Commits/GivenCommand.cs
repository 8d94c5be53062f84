using System.Security.Cryptography;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Commits;

/// <summary>A command as it came: its content in bytes tells a repeat from a reuse of its id.</summary>
internal sealed class GivenCommand(DossierCommand command, CommandRequest request)
{
    private readonly byte[] _json = DossierJson.Write(command);

    public DossierCommand Command { get; } = command;

    public CommandRequest Request { get; } = request;

    public byte[] Digest(byte[] salt) => HashChain.Digest(salt, _json);

    /// <summary>The answer to a command whose id is in the journal already: what it came to then.</summary>
    public CommandResult Repeated(JournalRow row)
    {
        var code = new DossierCode(row.Code);
        return CryptographicOperations.FixedTimeEquals(Digest(row.Salt), row.CommandDigest)
            ? new CommandResult.Accepted(code, row.Version, Recording.Read(row).Events, IsRepeat: true)
            : new CommandResult.IdReused(code, Request.Id);
    }
}
