using System.Text;
using Workflow.Core.Definitions;

namespace Workflow.Core.Tests.Definitions;

public class YamlTextTests
{
    [Fact]
    public void ReadMapping_SoundText_KeepsTextOrderAndPlaces()
    {
        var root = Read("code: 1.010040\nlist:\n  - yes\n  - 'x: y'\nempty:\n", out var defects);
        Assert.Empty(defects.All);
        Assert.Equal(["code", "list", "empty"], root.Entries.Select(e => e.Key.Text));
        Assert.True(root.TryGet("code", out var code));
        Assert.Equal("1.010040", Assert.IsType<YamlScalar>(code).Text);
        Assert.Equal(new SourcePlace("test.yaml", 1, 7), code.Place);
        Assert.True(root.TryGet("list", out var list));
        Assert.Equal([(3, "yes"), (4, "x: y")], Assert.IsType<YamlSequence>(list).Items.Select(i => (i.Place.Line, ((YamlScalar)i).Text)));
        Assert.True(root.TryGet("empty", out var empty));
        Assert.True(Assert.IsType<YamlScalar>(empty).IsEmpty);
        Assert.False(root.TryGet("absent", out _));
    }

    [Theory]
    [InlineData("a: ~", true)]
    [InlineData("a: null", true)]
    [InlineData("a: 'null'", false)]
    [InlineData("a: 0", false)]
    public void IsEmpty_PlainNothing_IsEmptyAndQuotedIsNot(string text, bool empty)
    {
        Assert.True(Read(text, out _).TryGet("a", out var value));
        Assert.Equal(empty, Assert.IsType<YamlScalar>(value).IsEmpty);
    }

    [Fact]
    public void ReadMapping_DuplicateKey_IsADefectThatNamesBothLinesAndKeepsTheFirst()
    {
        var root = Read("a: 1\nb: 2\na: 3\n", out var defects);
        var defect = Assert.Single(defects.All);
        Assert.Equal((DefectCodes.DuplicateKey, 3), (defect.Code, defect.Place.Line));
        Assert.Contains("'a' stands here a second time (first in line 1)", defect.Message, StringComparison.Ordinal);
        Assert.True(root.TryGet("a", out var value));
        Assert.Equal("1", ((YamlScalar)value).Text);
        Assert.Equal(2, root.Entries.Count);
    }

    [Fact]
    public void ReadMapping_SameKeyInTwoMappings_IsNoDefect()
    {
        Read("a: {x: 1}\nb: {x: 1}\n", out var defects);
        Assert.Empty(defects.All);
    }

    [Theory]
    [InlineData("", DefectCodes.Syntax, 1, "the file is empty")]
    [InlineData("# nothing\n", DefectCodes.Syntax, 2, "the file is empty")]
    [InlineData("a: 1\n---\nb: 2\n", DefectCodes.Syntax, 2, "a second document")]
    [InlineData("a: &x 1\n", DefectCodes.Syntax, 1, "anchors are not read")]
    [InlineData("a: 1\nb: *x\n", DefectCodes.Syntax, 2, "aliases are not read")]
    [InlineData("a: 1\nb: !!int 2\n", DefectCodes.Syntax, 2, "tags are not read")]
    [InlineData("a: !thing {b: 1}\n", DefectCodes.Syntax, 1, "tags are not read")]
    [InlineData("- a\n- b\n", DefectCodes.WrongValue, 1, "a definition is a mapping, this is a list")]
    [InlineData("a text\n", DefectCodes.WrongValue, 1, "a definition is a mapping, this is a text")]
    [InlineData("a: 1\n? [b, c]\n: 2\n", DefectCodes.Syntax, 1, "not a text")]
    [InlineData("a: 1\nb: [1, 2\n", DefectCodes.Syntax, 3, "not valid YAML")]
    [InlineData("a: 1\nb: 2: 3\n", DefectCodes.Syntax, 2, "not valid YAML")]
    [InlineData("a: 'open\n", DefectCodes.Syntax, 1, "not valid YAML")]
    public void ReadMapping_UnreadableText_IsRefusedWithTheLine(string text, string code, int line, string message)
    {
        var defect = Refused(text);
        Assert.Equal((code, "test.yaml", line), (defect.Code, defect.Place.File, defect.Place.Line));
        Assert.Contains(message, defect.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', defect.ToString());
    }

    [Theory]
    [InlineData("a: {\n>")]
    [InlineData("a: !<:>")]
    [InlineData("a: !<>")]
    public void ReadMapping_TextThatTheParserStumblesOver_IsRefusedAsSyntax(string text) => Assert.Equal(DefectCodes.Syntax, Refused(text).Code);

    [Fact]
    public void ReadMapping_DeepNesting_IsRefusedAtTheFirstLevelTooMany()
    {
        Read(Nested(YamlText.MaxDepth - 1), out var defects);
        Assert.Empty(defects.All);
        Assert.Equal(DefectCodes.TooLarge, Refused(Nested(YamlText.MaxDepth)).Code);
        Assert.Equal(DefectCodes.TooLarge, Refused("a: " + new string('[', 100_000)).Code);
    }

    [Fact]
    public void ReadMapping_OversizedText_IsRefusedByItsLength()
    {
        const string Start = "a: 1\n#";
        Read(Start + new string('x', YamlText.MaxLength - Start.Length), out var defects);
        Assert.Empty(defects.All);
        Assert.Equal(DefectCodes.TooLarge, Refused(Start + new string('x', YamlText.MaxLength - Start.Length + 1)).Code);
    }

    // A mapping whose innermost text stands at the level after this many containers.
    private static string Nested(int containers)
    {
        var text = new StringBuilder("a: ");
        text.Append('[', containers - 1).Append('1').Append(']', containers - 1);
        return text.ToString();
    }

    private static Defect Refused(string text) => Assert.Single(Assert.Throws<DefinitionException>(() => Read(text, out _)).Defects);

    private static YamlMapping Read(string text, out DefectList defects)
    {
        defects = new DefectList();
        using var reader = new StringReader(text);
        return YamlText.ReadMapping(reader, "test.yaml", defects);
    }
}
