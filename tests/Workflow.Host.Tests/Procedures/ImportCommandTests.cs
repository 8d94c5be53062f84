using System.Text;
using System.Text.Json;
using Workflow.Host.Tests.Terminal;

namespace Workflow.Host.Tests.Procedures;

public sealed class ImportCommandTests
{
    private const string Small = "table\tcode\tseq\ttime\tunit\tstated_total\tstated_unit\n1\tp/1\t1\t1/4\tngày làm việc\t1,5\tngày làm việc\n1\tp/1\t2\t1,25\tngày làm việc\t1,5\tngày làm việc\n";

    private static string Decisions => RepositoryRoot.PathOf("tests", "Workflow.Core.Tests", "StepTables", "internal_processes.tsv");

    [Fact]
    public async Task Import_RealDecisions_WritesTheSoundTablesAndNamesTheOthers()
    {
        using var scratch = new Scratch();
        var directory = scratch.File("out/below");
        var ran = await Run.CommandAsync("procedure", "import", Decisions, "--out", directory, "--json");

        Assert.Equal((1, string.Empty), (ran.Status, ran.Error));
        Assert.Equal((48, 46), (ran.Json.GetProperty("tables").GetInt32(), ran.Json.GetProperty("imported").GetInt32()));
        Assert.Equal(
            ["27 1.003999 WF0501 error", "52 2.002767 WF0501 error"],
            ran.Json.GetProperty("defects").EnumerateArray().Where(OfTable).Select(d => string.Join(' ', ((string[])["table", "procedure", "code", "severity"]).Select(k => d.GetProperty(k).GetString()))));
        Assert.All((string[])["table 27", "9.5", "10.5"], t => Assert.Contains(t, ran.Json.GetProperty("defects").EnumerateArray().First(OfTable).GetProperty("message").GetString(), StringComparison.Ordinal));
        Assert.Equal(2, ran.Json.GetProperty("defects").EnumerateArray().Count(d => d.GetProperty("severity").GetString() == "error"));
        Assert.Equal(46, Directory.GetFiles(directory).Length);
        Assert.True(File.Exists(Path.Combine(directory, "1-1.001806.yaml")) && File.Exists(Path.Combine(directory, "41.yaml")) && !File.Exists(Path.Combine(directory, "27-1.003999.yaml")));

        var verified = await Run.JsonAsync("procedure", "verify", directory);
        Assert.Equal(46, verified.GetProperty("procedures").GetInt32());
        Assert.DoesNotContain(verified.GetProperty("defects").EnumerateArray(), d => d.GetProperty("severity").GetString() == "error");
    }

    [Fact]
    public async Task Import_ImportedProcedure_TakesADossier()
    {
        using var scratch = new Scratch();
        await Run.JsonAsync("procedure", "import", scratch.File("t.tsv", Small), "--out", scratch.File("out"));

        var shown = await Run.CommandAsync("procedure", "show", scratch.File("out/1-p-1.yaml"));

        Assert.Equal(0, shown.Status);
        Assert.All((string[])["1.5 working days", "limit 0.25 working days", "accept -> received"], t => Assert.Contains(t, shown.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Import_FileThatIsThere_IsLeftOrRefusedOrReplacedOnRequest()
    {
        using var scratch = new Scratch();
        string[] import = ["procedure", "import", scratch.File("t.tsv", Small), "--out", scratch.File("out")];
        await Run.JsonAsync(import);
        var path = scratch.File("out/1-p-1.yaml");
        var text = File.ReadAllText(path);
        await Run.JsonAsync(import);

        File.WriteAllText(path, "mine");
        (await Run.CommandAsync(import)).IsUnusable("1-p-1.yaml", "--force");
        Assert.Equal("mine", File.ReadAllText(path));

        await Run.JsonAsync([.. import, "--force"]);
        Assert.Equal(text, File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(scratch.File("out")));
    }

    [Fact]
    public async Task Import_Procedures_AreVerified()
    {
        using var scratch = new Scratch();
        var json = await Run.JsonAsync("procedure", "import", scratch.File("t.tsv", Small), "--out", scratch.File("out"));
        var imported = json.GetProperty("defects").EnumerateArray().Select(d => d.GetProperty("code").GetString());
        var verified = (await Run.JsonAsync("procedure", "verify", scratch.File("out"))).GetProperty("defects").EnumerateArray().Select(d => d.GetProperty("code").GetString());

        Assert.NotEmpty(imported);
        Assert.Equal(verified.Order(StringComparer.Ordinal), imported.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Import_TablesWhoseNamesFilesCannotBear_GetFilesOfTheirOwn()
    {
        using var scratch = new Scratch();
        var text = "table\tseq\ttime\tstated_total\n../a\t1\t1\t1\nA\t1\t1\t1\n/\t1\t1\t1\nbảng 5\t1\t1\t1\n";
        await Run.JsonAsync("procedure", "import", scratch.File("t.tsv", text), "--out", scratch.File("out"));

        Assert.Equal(["A-2.yaml", "a.yaml", "b-ng-5.yaml", "table.yaml"], Directory.GetFiles(scratch.File("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Single(Directory.GetFiles(scratch.Path));
    }

    [Fact]
    public async Task Import_WhatCannotBeUsed_OneLineWithFileLineAndMend()
    {
        using var scratch = new Scratch();
        var output = scratch.File("out");
        var table = scratch.File("t.tsv", Small);
        (await Run.CommandAsync("procedure", "import", scratch.File("none.tsv"), "--out", output)).IsUnusable("none.tsv", "no such file");
        (await Run.CommandAsync("procedure", "import", scratch.Path, "--out", output)).IsUnusable(scratch.Path, "directory");
        (await Run.CommandAsync("procedure", "import", scratch.File("empty.tsv", string.Empty), "--out", output)).IsUnusable("empty.tsv:1", "table, seq, time, stated_total");
        (await Run.CommandAsync("procedure", "import", scratch.File("head.tsv", "table\tseq\ttime\n"), "--out", output)).IsUnusable("head.tsv:1", "'stated_total'");
        (await Run.CommandAsync("procedure", "import", scratch.File("wide.tsv", Small + "1\t1\t1\t1\t1\t1\t1\t1\n"), "--out", output)).IsUnusable("wide.tsv:4", "8 cells");
        (await Run.CommandAsync("procedure", "import", table, "--out", table)).IsUnusable("t.tsv is a file");
        (await Run.CommandAsync("procedure", "import", table)).IsUnusable("--out");
        await File.WriteAllBytesAsync(scratch.File("latin.tsv"), Encoding.Latin1.GetBytes(Small), TestContext.Current.CancellationToken);
        (await Run.CommandAsync("procedure", "import", scratch.File("latin.tsv"), "--out", output)).IsUnusable("latin.tsv:2", "UTF-8");
        Assert.False(Directory.Exists(output));
    }

    [Fact]
    public async Task Import_WarningsAlone_AreReportedAndTheProcedureIsWritten()
    {
        using var scratch = new Scratch();
        var text = "table\tseq\ttime\tstated_total\n1\tB1\t1 ngày làm việc\t2 ngày làm việc\n1\tB1\t1 ngày làm việc\t\n";
        var json = await Run.JsonAsync("procedure", "import", scratch.File("t.tsv", text), "--out", scratch.File("out"));

        Assert.Equal("warning", Assert.Single(json.GetProperty("defects").EnumerateArray(), OfTable).GetProperty("severity").GetString());
        Assert.Equal(1, json.GetProperty("imported").GetInt32());
    }

    // Those of the tables, apart from what the verifier finds in their procedures.
    private static bool OfTable(JsonElement defect) => defect.GetProperty("code").GetString()!.StartsWith("WF05", StringComparison.Ordinal);
}
