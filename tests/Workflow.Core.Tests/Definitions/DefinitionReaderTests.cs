using Workflow.Core.Definitions;

namespace Workflow.Core.Tests.Definitions;

public class DefinitionReaderTests
{
    private readonly DefectList _defects = new();

    [Fact]
    public void Values_OfTheRightType_AreReadWithoutDefects()
    {
        var reader = Reader("""
            name: x
            count: -3
            fee: 8000
            flag: true
            day: 2020-11-06
            colour: red
            one: single
            many: [a, b]
            inner: {key: value}
            rows:
              - {key: 1}
              - {key: 2}
            """);
        Assert.Equal("x", reader.RequiredText("name"));
        Assert.Equal(-3, reader.Integer("count", -3, 0));
        Assert.Equal(8000, reader.Amount("fee"));
        Assert.True(reader.Flag("flag"));
        Assert.Equal(new DateOnly(2020, 11, 6), reader.Date("day"));
        Assert.Equal(7, reader.Choice("colour", new Dictionary<string, int> { ["red"] = 7 }));
        Assert.Equal(["single"], reader.Texts("one").Select(t => t.Text));
        Assert.Equal(["a", "b"], reader.Texts("many").Select(t => t.Text));
        Assert.Equal("value", reader.Mapping("inner")!.Text("key"));
        Assert.Equal([1, 2], reader.Mappings("rows").Select(r => r.Integer("key", 0, 9)!.Value));
        reader.RefuseUnknownKeys();
        Assert.Empty(_defects.All);
    }

    [Fact]
    public void Values_ThatAreAbsent_AreNullOrEmptyWithoutDefects()
    {
        var reader = Reader("a: 1");
        Assert.Null(reader.Text("x"));
        Assert.Null(reader.Integer("x", 0, 9));
        Assert.Null(reader.Amount("x"));
        Assert.Null(reader.Flag("x"));
        Assert.Null(reader.Date("x"));
        Assert.Null(reader.Choice("x", new Dictionary<string, int>()));
        Assert.Null(reader.Mapping("x"));
        Assert.Empty(reader.Texts("x"));
        Assert.Empty(reader.Mappings("x"));
        Assert.False(reader.Has("x"));
        Assert.Empty(_defects.All);
    }

    [Theory]
    [InlineData("a: [1]", "text", "'a' is a list, not a text")]
    [InlineData("a:", "text", "'a' is empty, not a text")]
    [InlineData("a: 10", "integer", "'a' is '10', not a whole number from 0 to 9")]
    [InlineData("a: 1.0", "integer", "not a whole number")]
    [InlineData("a: 8,000", "amount", "not a whole number of dong")]
    [InlineData("a: -1", "amount", "not a whole number of dong")]
    [InlineData("a: yes", "flag", "'a' is 'yes', not true or false")]
    [InlineData("a: 06/11/2020", "date", "not a date such as 2020-11-06")]
    [InlineData("a: 2020-02-30", "date", "not a date")]
    [InlineData("a: blue", "choice", "'a' is 'blue', not one of: red, green")]
    [InlineData("a: x", "mapping", "'a' is 'x', not a mapping")]
    [InlineData("a: x", "mappings", "'a' is 'x', not a list of mappings")]
    [InlineData("a: [x]", "mappings", "not a list of mappings")]
    [InlineData("a: {x: 1}", "texts", "'a' is a mapping, not a list of texts")]
    [InlineData("a: [x, [y]]", "texts", "not a list of texts")]
    public void Values_OfTheWrongType_AreDefectsAtTheirPlace(string line, string kind, string message)
    {
        Read(Reader("first: line\n" + line), kind);
        var defect = Assert.Single(_defects.All);
        Assert.Equal((DefectCodes.WrongValue, 2, DefectSeverity.Error), (defect.Code, defect.Place.Line, defect.Severity));
        Assert.Contains(message, defect.Message, StringComparison.Ordinal);
        Assert.StartsWith("test.yaml:2:", defect.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Values_OverSeveralLines_AreShownInOne()
    {
        Reader("a: |\n  one\n  two\n").Date("a");
        Assert.DoesNotContain('\n', Assert.Single(_defects.All).ToString());
    }

    [Fact]
    public void RequiredText_ThatIsMissing_IsOneDefectAtTheMapping()
    {
        Assert.Equal(string.Empty, Reader("a: 1").RequiredText("name"));
        var defect = Assert.Single(_defects.All);
        Assert.Equal((DefectCodes.MissingKey, "a test lacks the key 'name'"), (defect.Code, defect.Message));
        Assert.Contains("add 'name: ...'", defect.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void RequiredText_ThatIsEmpty_IsOneDefect()
    {
        Reader("name:").RequiredText("name");
        Assert.Equal(DefectCodes.WrongValue, Assert.Single(_defects.All).Code);
    }

    [Fact]
    public void RefuseUnknownKeys_MisspeltKey_SuggestsTheNearestAndAStrangeOneListsAll()
    {
        var reader = Reader("weekned: 1\nqqqqqq: 2\n");
        reader.Text("weekend");
        reader.Text("hours");
        reader.RefuseUnknownKeys();
        Assert.Equal([(1, "did you mean 'weekend'?"), (2, "use one of: hours, weekend")], _defects.All.Select(d => (d.Place.Line, d.Mend)));
        Assert.All(_defects.All, d => Assert.Equal(DefectCodes.UnknownKey, d.Code));
    }

    [Fact]
    public void Defects_OfOneFile_AreListedInTheOrderOfTheirPlacesAndThrownTogether()
    {
        var reader = Reader("a: x\nb: x\nc: x\n");
        reader.Flag("c");
        reader.Date("a");
        _defects.Warn("WF0000", reader.PlaceOf("b"), "look at this", "look");
        var refused = Assert.Throws<DefinitionException>(_defects.ThrowIfErrors);
        Assert.Equal([1, 2, 3], refused.Defects.Select(d => d.Place.Line));
        Assert.EndsWith("(and 2 more)", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ThrowIfErrors_WarningsAlone_DoesNotThrow()
    {
        _defects.Warn("WF0000", SourcePlace.Code, "look at this", "look");
        _defects.ThrowIfErrors();
        Assert.False(_defects.HasErrors);
        Assert.Equal("(code): WF0000 look at this; look", _defects.All[0].ToString());
    }

    private static void Read(DefinitionReader reader, string kind)
    {
        var found = kind switch
        {
            "text" => reader.Text("a"),
            "integer" => (object?)reader.Integer("a", 0, 9),
            "amount" => reader.Amount("a"),
            "flag" => reader.Flag("a"),
            "date" => reader.Date("a"),
            "choice" => reader.Choice("a", new Dictionary<string, int> { ["red"] = 1, ["green"] = 2 }),
            "mapping" => reader.Mapping("a"),
            "mappings" => reader.Mappings("a").Count == 0 ? null : "some",
            "texts" => reader.Texts("a").Any(t => t.Text != "x") ? "wrong" : null,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
        Assert.Null(found);
    }

    private DefinitionReader Reader(string text)
    {
        using var reader = new StringReader(text);
        return new DefinitionReader(YamlText.ReadMapping(reader, "test.yaml", _defects), "a test", _defects);
    }
}
