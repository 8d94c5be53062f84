using BenchmarkDotNet.Attributes;
using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Procedures;
using Workflow.Core.Units;
using Workflow.Core.Verification;

namespace Workflow.Benchmarks;

/// <summary>What it costs to verify: a procedure of 30 states with guards and mixed units, and the whole catalogue of the repository, against its calendar and units.</summary>
[MemoryDiagnoser]
public class VerifierBenchmarks
{
    private VerificationContext _context = null!;
    private ProcedureCatalogue _catalogue = null!;
    private Procedure _thirty = null!;

    [GlobalSetup]
    public void Read()
    {
        var folder = Folder();
        _catalogue = ProcedureCatalogue.Read(Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal).Select(f => (f, File.ReadAllText(f))));
        _context = new VerificationContext
        {
            Calendar = CalendarBook.Read(new StringReader(File.ReadAllText(Path.Combine(folder, "calendars", "vn.yaml"))), "vn.yaml").Latest,
            Units = UnitTreeYaml.Read(new StringReader(File.ReadAllText(Path.Combine(folder, "units", "tan-lac.yaml"))), "tan-lac.yaml"),
            Procedures = _catalogue,
        };
        _thirty = ThirtyStates.Compile();
    }

    [Benchmark(Baseline = true)]
    public IReadOnlyList<Defect> ThirtyStatesOnce() => ProcedureVerifier.Verify(_thirty, _context);

    [Benchmark]
    public int WholeCatalogue() => _catalogue.Newest.Sum(p => ProcedureVerifier.Verify(p, _context).Count);

    // Benchmarks run in folders of their own, below the repository.
    private static string Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Workflow.sln")))
            {
                return Path.Combine(at.FullName, "procedures");
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Workflow.sln; run the benchmarks within the repository.");
    }
}
