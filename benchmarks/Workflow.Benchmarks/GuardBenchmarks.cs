using System.Globalization;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using Workflow.Core.Definitions;
using Workflow.Core.Guards;

namespace Workflow.Benchmarks;

/// <summary>A guard that is data against the same condition as a delegate.</summary>
[MemoryDiagnoser]
[Config(typeof(AsTheHostRuns))]
public class GuardBenchmarks
{
    private static readonly DateOnly s_begin = new(2025, 1, 1);

    private readonly GuardFacts _facts = new();
    private Func<IDossierFacts, bool> _data = null!;
    private Func<IDossierFacts, bool> _code = null!;

    /// <summary>The shapes that guards mostly have.</summary>
    [Params("text", "number", "date", "several", "money")]
    public string Shape { get; set; } = "text";

    [GlobalSetup]
    public void Compile()
    {
        var schema = new FactSchema(
            [
                new FactField("kind", FactType.Text, Required: true) { Values = ["house", "works"] },
                new FactField("area", FactType.Number, Required: false),
                new FactField("begun-on", FactType.Date, Required: false),
                new FactField("ready", FactType.Flag, Required: false),
            ],
            ["drawings"],
            []);
        var (text, code) = Of(Shape);
        var defects = new DefectList();
        _data = GuardShapes.Holding(ExpressionReader.Condition(text, schema, defects) ?? throw new InvalidOperationException(string.Join('\n', defects.All)));
        _code = code;
        if (_data(_facts) != _code(_facts))
        {
            throw new InvalidOperationException($"'{text}' and the delegate answer differently.");
        }
    }

    [Benchmark(Baseline = true)]
    public bool Delegate() => _code(_facts);

    [Benchmark]
    public bool Expression() => _data(_facts);

    private static (string Text, Func<IDossierFacts, bool> Code) Of(string shape) => shape switch
    {
        "text" => ("fields.kind = 'house'", f => f.Field("kind") == "house"),
        "number" => ("fields.area <= 250", f => Number(f.Field("area")) <= 250),
        "date" => (
            "fields.begun-on >= date 2025-01-01",
            f => DateOnly.TryParseExact(f.Field("begun-on"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date >= s_begin),
        "several" => (
            "fields.kind in ['house', 'works'] and fields.area <= 250 and (has documents.drawings or not fields.ready) and 'reception' in actor.roles",
            f => f.Field("kind") is "house" or "works" && Number(f.Field("area")) <= 250 && (f.HasDocument("drawings") || f.Field("ready") == "false") && f.HasRole("reception")),
        _ => ("fees.outstanding <= 0 and not dossier.has-decision", f => f.FeesOutstanding <= 0 && !f.HasDecision),
    };

    // The host runs without profile-guided inlining, and a table's many guards could not be inlined into one place anyway.
    private sealed class AsTheHostRuns : ManualConfig
    {
        public AsTheHostRuns() => AddJob(Job.Default.WithEnvironmentVariable("DOTNET_TieredPGO", "0").WithWarmupCount(5).WithIterationCount(10));
    }

    private static decimal? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
