namespace Workflow.Core.Guards;

/// <summary>A field that expressions may ask about.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="Required">Whether every dossier has it.</param>
internal sealed record FactField(string Name, FactType Type, bool Required)
{
    /// <summary>The only values of a text; empty for any.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The least number, included; null for no bound.</summary>
    public decimal? Least { get; init; }

    /// <summary>The greatest number, included; null for no bound.</summary>
    public decimal? Most { get; init; }
}

/// <summary>What the expressions of one procedure may ask about: its fields, documents and legs beside what every dossier has.</summary>
internal sealed class FactSchema
{
    private readonly Dictionary<string, FactField> _fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> _documents;
    private readonly HashSet<string> _legs;

    /// <summary>Of two fields of one name the first counts: that there are two is another check's defect.</summary>
    public FactSchema(IEnumerable<FactField> fields, IEnumerable<string> documents, IEnumerable<string> legs)
    {
        foreach (var field in fields)
        {
            _fields.TryAdd(field.Name, field);
        }

        _documents = documents.ToHashSet(StringComparer.Ordinal);
        _legs = legs.ToHashSet(StringComparer.Ordinal);
    }

    public IReadOnlyCollection<string> Fields => _fields.Keys;

    public IReadOnlyCollection<string> Documents => _documents;

    public IReadOnlyCollection<string> Legs => _legs;

    public FactField? Field(string name) => _fields.GetValueOrDefault(name);

    public bool HasDocument(string code) => _documents.Contains(code);

    public bool HasLeg(string name) => _legs.Contains(name);

    /// <summary>The only values that a text fact may have; empty for any.</summary>
    public IReadOnlyList<string> ValuesOf(Fact fact) => fact.Kind switch
    {
        FactKind.Field => Field(fact.Name)?.Values ?? [],
        FactKind.Channel => FactNames.Channels,
        _ => [],
    };
}
