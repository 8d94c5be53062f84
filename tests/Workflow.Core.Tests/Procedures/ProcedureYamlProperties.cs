using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.Definitions;
using Workflow.Core.Procedures;

namespace Workflow.Core.Tests.Procedures;

/// <summary>Laws: what is written reads back to the same content, and no file whatever does more than be refused.</summary>
public partial class ProcedureYamlProperties
{
    private const string Meaningful = "{}[]:,-#&*!|>'\"%@`?\\~\n\t \r\0";

    private static readonly string[] s_pieces =
        ["", " ", "(", ")", "[", "]", "'", "\"", "-", "-1", ".", ",", "=", " and ", " or ", " not ", " in ", "has ", "fields.", "today", "date 2025-02-30", "1 month", "/ 0", "min(", new string('(', 900), "\ud83d"];

    public static TheoryData<string> Files => CatalogueFiles.Names;

    [Fact]
    public void ReadOfWrite_AnyContent_IsTheSameContent() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(500)), Prop.ForAll(ProcedureContents.All(), content => AssertRoundTrip(Procedure.Compile(content))));

    [Theory]
    [MemberData(nameof(Files))]
    public void ReadOfWrite_FileOfTheCatalogue_IsTheSameContent(string file) =>
        AssertRoundTrip(ProcedureYaml.Read(new StringReader(CatalogueFiles.TextOf(file)), file));

    [Fact]
    public void Read_MutatedFileOfTheCatalogue_IsReadOrRefusedWithFileAndLine()
    {
        const int Seed = 20201106;
        var mutations = LongRun.Times(2000);
        var random = new Random(Seed);
        var refused = 0;
        for (var i = 0; i < mutations; i++)
        {
            var (file, text) = CatalogueFiles.All[random.Next(CatalogueFiles.All.Count)];
            var mutated = Mutated(text, random);
            var failure = Record.Exception(() => ProcedureYaml.Read(new StringReader(mutated), file));
            if (failure is null)
            {
                continue;
            }

            refused++;
            var refusal = failure as DefinitionException ?? throw new InvalidOperationException($"Mutation {i} of seed {Seed} ({file}) threw {failure}\n{mutated}");
            Assert.All(refusal.Defects, d => Assert.True(d.Place.File == file && d.Place.Line > 0, $"mutation {i} of seed {Seed}: {d}"));
        }

        Assert.InRange(refused, mutations / 4, mutations - 1);
    }

    private static void AssertRoundTrip(Procedure procedure)
    {
        var text = Written(procedure);
        var again = ProcedureYaml.Read(new StringReader(text), "again.yaml");

        Assert.Equal(procedure.ContentHash, again.ContentHash);
        Assert.Equal(procedure.Content.Sources, again.Content.Sources);
        Assert.Equal(procedure.Content.Unverified, again.Content.Unverified);
        Assert.Equal(text, Written(again));
    }

    private static string Written(Procedure procedure)
    {
        var writer = new StringWriter();
        ProcedureYaml.Write(procedure, writer);
        return writer.ToString();
    }

    private static string Mutated(string text, Random random)
    {
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            text = random.Next(3) switch
            {
                0 => WithBytes(text, random),
                1 => WithLines(text, random),
                _ => WithExpression(text, random),
            };
        }

        return text;
    }

    private static string WithBytes(string text, Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(text).ToList();
        for (var n = random.Next(1, 6); n > 0 && bytes.Count > 0; n--)
        {
            var at = random.Next(bytes.Count);
            var value = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)Meaningful[random.Next(Meaningful.Length)];
            switch (random.Next(3))
            {
                case 0:
                    bytes[at] = value;
                    break;
                case 1:
                    bytes.Insert(at, value);
                    break;
                default:
                    bytes.RemoveAt(at);
                    break;
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    // Pieces of expressions within one of the file's own, if it has any.
    private static string WithExpression(string text, Random random)
    {
        var found = Expression().Matches(text);
        if (found.Count == 0)
        {
            return WithLines(text, random);
        }

        var written = found[random.Next(found.Count)].Groups["text"];
        var at = written.Index + random.Next(written.Length);
        var piece = s_pieces[random.Next(s_pieces.Length)];
        return text.Remove(at, Math.Min(random.Next(4), text.Length - at)).Insert(at, piece);
    }

    [GeneratedRegex("(if|times|holds): (?<text>[^,}\\n]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Expression();

    private static string WithLines(string text, Random random)
    {
        var lines = text.Split('\n').ToList();
        var at = random.Next(lines.Count);
        var other = random.Next(lines.Count);
        switch (random.Next(6))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(at, lines[other]);
                break;
            case 2:
                (lines[at], lines[other]) = (lines[other], lines[at]);
                break;
            case 3:
                lines[at] = new string(' ', random.Next(10)) + lines[at].TrimStart();
                break;
            case 4:
                lines[at] = lines[at][..random.Next(lines[at].Length + 1)];
                break;
            default:
                lines.RemoveRange(at, lines.Count - at);
                break;
        }

        return string.Join('\n', lines);
    }
}
