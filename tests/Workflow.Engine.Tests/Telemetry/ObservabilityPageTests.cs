using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Workflow.Engine.Health;
using Workflow.Engine.Telemetry;

namespace Workflow.Engine.Tests.Telemetry;

/// <summary>docs/observability.md says what is there, all of it and nothing else.</summary>
[Collection(Listening.Name)]
public sealed class ObservabilityPageTests
{
    private static readonly string[][] s_rows = [.. File.ReadAllLines(RepositoryRoot.PathOf("docs", "observability.md"))
        .Where(l => l.StartsWith("| ", StringComparison.Ordinal))
        .Select(l => l.Trim().Trim('|').Split(" | ").Select(c => c.Trim().Trim('`')).ToArray())];

    [Fact]
    public void Instruments_AreThoseOfTheEngine()
    {
        using var meters = new TestMeters();
        using var seen = new Measurements(meters);
        using var instruments = new EngineInstruments(meters);

        Assert.Equal(
            seen.Instruments.Select(i => $"{i.Name} {KindOf(i)} {i.Unit}").Order(StringComparer.Ordinal),
            s_rows.Where(r => r.Length == 5 && r[0].StartsWith("workflow.", StringComparison.Ordinal)).Select(r => $"{r[0]} {r[1]} {r[2]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Spans_AreThoseOfTheEngine() => Assert.Equal(
        Constants(typeof(Spans)).Order(StringComparer.Ordinal),
        s_rows.Where(r => r.Length == 3 && r[0].StartsWith("workflow.", StringComparison.Ordinal)).Select(r => r[0]).Order(StringComparer.Ordinal));

    [Fact]
    public void Tags_AreThoseOfTheEngine()
    {
        var text = File.ReadAllText(RepositoryRoot.PathOf("docs", "observability.md"));
        var names = Constants(typeof(Tags)).Concat(Constants(typeof(Spans))).Concat(s_rows.Select(r => r[0])).ToHashSet(StringComparer.Ordinal);

        Assert.All(Constants(typeof(Tags)), tag => Assert.Contains($"`{tag}`", text, StringComparison.Ordinal));
        Assert.All(Regex.Matches(text, "`(?<name>workflow\\.[a-z.]+)`", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(m => m.Groups["name"].Value), name => Assert.Contains(name, names));
    }

    [Fact]
    public void LogMessages_AreThoseOfTheEngine()
    {
        var messages = typeof(DossierEngine).Assembly.GetTypes()
            .SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(m => m.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>()
            .OrderBy(m => m.EventId)
            .ToList();

        Assert.Equal(messages.Count, messages.Select(m => m.EventId).Distinct().Count());
        Assert.Equal(
            messages.Select(m => $"{m.EventId} {m.Level} {m.Message}"),
            s_rows.Where(r => r.Length == 3 && r[0].All(char.IsAsciiDigit)).Select(r => string.Join(' ', r)));
    }

    [Fact]
    public void HealthChecks_AreThoseOfTheEngine() => Assert.Equal(
        Constants(typeof(WorkflowHealthChecks)).Order(StringComparer.Ordinal),
        s_rows.Where(r => r[0].StartsWith("workflow-", StringComparison.Ordinal)).Select(r => r[0]).Order(StringComparer.Ordinal));

    private static string KindOf(Instrument instrument)
    {
        var kind = instrument.GetType().Name;
        return kind.Contains("Histogram", StringComparison.Ordinal) ? "histogram"
            : kind.Contains("UpDown", StringComparison.Ordinal) ? "up-down counter"
            : kind.Contains("Gauge", StringComparison.Ordinal) ? "gauge"
            : "counter";
    }

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Static | BindingFlags.Public).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!);
}
