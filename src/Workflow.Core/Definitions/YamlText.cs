using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Workflow.Core.Definitions;

/// <summary>Reads the part of YAML that definitions use, through the parser's events, into nodes with places.</summary>
/// <remarks>
/// Anchors, aliases, tags and further documents are refused rather than interpreted: a definition needs none of them, and without
/// aliases no small file can stand for a huge one.
/// </remarks>
internal static class YamlText
{
    /// <summary>The longest text that is read, in characters.</summary>
    public const int MaxLength = 1 << 20;

    /// <summary>The deepest nesting that is read.</summary>
    public const int MaxDepth = 24;

    /// <exception cref="DefinitionException">The text cannot be read at all; it names the line.</exception>
    public static YamlMapping ReadMapping(TextReader reader, string file, DefectList defects)
    {
        var scanner = new Scanner(new StringReader(ReadBounded(reader, file)));
        try
        {
            return new Session(new Parser(scanner), file, defects).ReadRoot();
        }
        catch (YamlException e)
        {
            var place = new SourcePlace(file, Math.Max(1, (int)e.Start.Line), Math.Max(1, (int)e.Start.Column));
            throw Refused(DefectCodes.Syntax, place, $"this is not valid YAML: {OneLine(e.Message)}", "mend the syntax at this line");
        }
        catch (Exception e) when (e is not DefinitionException)
        {
            // On some malformed texts the parser fails with exceptions of other kinds; they mean no more than that this is not YAML.
            var at = scanner.CurrentPosition;
            var place = new SourcePlace(file, Math.Max(1, (int)at.Line), Math.Max(1, (int)at.Column));
            throw Refused(DefectCodes.Syntax, place, "this is not valid YAML", "mend the syntax at this line or the one before");
        }
    }

    private static string ReadBounded(TextReader reader, string file)
    {
        var buffer = new char[MaxLength + 1];
        var length = reader.ReadBlock(buffer, 0, buffer.Length);
        return length <= MaxLength
            ? new string(buffer, 0, length)
            : throw Refused(DefectCodes.TooLarge, new SourcePlace(file, 1, 1), $"the file has more than {MaxLength:N0} characters", "split it");
    }

    private static DefinitionException Refused(string code, SourcePlace place, string message, string mend) =>
        new([new Defect(code, DefectSeverity.Error, place, message, mend)]);

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").TrimEnd('.');

    private sealed class Session(Parser parser, string file, DefectList defects)
    {
        public YamlMapping ReadRoot()
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out var end))
            {
                throw Refused(DefectCodes.Syntax, At(end.Start), "the file is empty", "write a definition into it");
            }

            parser.Consume<DocumentStart>();
            var root = ReadNode(depth: 1);
            parser.Consume<DocumentEnd>();
            if (parser.Accept<DocumentStart>(out var second))
            {
                throw Refused(DefectCodes.Syntax, At(second.Start), "a second document starts here", "keep one definition per file");
            }

            return root as YamlMapping
                ?? throw Refused(DefectCodes.WrongValue, root.Place, $"a definition is a mapping, this is {root.Kind}", "start with a key and a colon");
        }

        private YamlNode ReadNode(int depth)
        {
            var current = parser.Current!;
            if (depth > MaxDepth)
            {
                throw Refused(DefectCodes.TooLarge, At(current.Start), $"nested deeper than {MaxDepth} levels", "flatten it");
            }

            if (current is AnchorAlias)
            {
                throw Refused(DefectCodes.Syntax, At(current.Start), "aliases are not read", "write the value out");
            }

            if (current is NodeEvent { Anchor.IsEmpty: false })
            {
                throw Refused(DefectCodes.Syntax, At(current.Start), "anchors are not read", "remove the anchor");
            }

            if (current is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } })
            {
                throw Refused(DefectCodes.Syntax, At(current.Start), "tags are not read", "remove the tag");
            }

            return current switch
            {
                Scalar => ReadScalar(),
                SequenceStart => ReadSequence(depth),
                MappingStart => ReadMapping(depth),
                _ => throw Refused(DefectCodes.Syntax, At(current.Start), "a value was expected here", "write a text, a list or a mapping"),
            };
        }

        private YamlScalar ReadScalar()
        {
            var scalar = parser.Consume<Scalar>();
            var form = scalar.Style switch
            {
                _ when scalar.Start.Line != scalar.End.Line => YamlScalarForm.Folded,
                ScalarStyle.Plain => YamlScalarForm.Plain,
                ScalarStyle.SingleQuoted => YamlScalarForm.SingleQuoted,
                ScalarStyle.DoubleQuoted => YamlScalarForm.DoubleQuoted,
                _ => YamlScalarForm.Folded,
            };
            return new YamlScalar(At(scalar.Start), scalar.Value, form, scalar.Style == ScalarStyle.Plain);
        }

        private YamlSequence ReadSequence(int depth)
        {
            var start = parser.Consume<SequenceStart>();
            var items = new List<YamlNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(ReadNode(depth + 1));
            }

            return new YamlSequence(At(start.Start), items);
        }

        private YamlMapping ReadMapping(int depth)
        {
            var start = parser.Consume<MappingStart>();
            var entries = new List<YamlEntry>();
            var lines = new Dictionary<string, int>(StringComparer.Ordinal);
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                if (ReadNode(depth + 1) is not YamlScalar key)
                {
                    throw Refused(DefectCodes.Syntax, At(start.Start), "a key of this mapping is not a text", "use a plain text as the key");
                }

                var value = ReadNode(depth + 1);
                if (lines.TryAdd(key.Text, key.Place.Line))
                {
                    entries.Add(new YamlEntry(key, value));
                }
                else
                {
                    defects.Error(DefectCodes.DuplicateKey, key.Place, $"the key '{key.Text}' stands here a second time (first in line {lines[key.Text]})", "keep one of them");
                }
            }

            return new YamlMapping(At(start.Start), entries);
        }

        private SourcePlace At(Mark mark) => new(file, (int)mark.Line, (int)mark.Column);
    }
}
