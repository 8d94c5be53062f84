using Workflow.Core.Definitions;
using Workflow.Core.Procedures;
using Workflow.Core.Units;
using Workflow.Core.Verification;

namespace Workflow.Core.Tests.Verification;

/// <summary>Small procedures as text, and what the verifier says of them on the calendar that ships.</summary>
internal static class Verified
{
    /// <summary>The head of every small procedure; a limit and whatever else belongs before the states may follow.</summary>
    public const string Head = "procedure: 9.000001\nversion: 1\nname: { vi: Thủ tục, en: Procedure }\n";

    public static Procedure Read(string text) => ProcedureYaml.Read(new StringReader(text.ReplaceLineEndings("\n")), "p.yaml");

    public static IReadOnlyList<Defect> Defects(string text, params string[] legProcedures) => ProcedureVerifier.Verify(Read(text), Context(legProcedures));

    public static VerificationContext Context(params string[] legProcedures) => new()
    {
        Calendar = Repository.Vietnam.Latest,
        Procedures = new ProcedureCatalogue(legProcedures.Select(Read)),
    };

    public static VerificationContext With(params Unit[] units) => new() { Units = new UnitTree(units) };

    /// <summary>The line of the first defect of a code; 0 when there is none.</summary>
    public static int LineOf(this IReadOnlyList<Defect> defects, string code) => defects.FirstOrDefault(d => d.Code == code)?.Place.Line ?? 0;

    /// <summary>The line, from 1, on which a passage begins.</summary>
    public static int LineIn(string text, string passage)
    {
        var lines = text.ReplaceLineEndings("\n");
        var at = lines.IndexOf(passage, StringComparison.Ordinal);
        Assert.True(at >= 0, $"'{passage}' is not in the text");
        return lines[..at].Count(c => c == '\n') + 1;
    }
}
