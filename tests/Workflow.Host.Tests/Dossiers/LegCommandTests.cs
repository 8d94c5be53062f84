using Workflow.Host.Terminal;
using Workflow.Host.Tests.Terminal;

namespace Workflow.Host.Tests.Dossiers;

public sealed class LegCommandTests
{
    private const string Commune = "000.01.30.H28";

    [Fact]
    public async Task Dossier_SentToItsLegs_ShowsThemAndEachShowsWhoseLegItIs()
    {
        using var scratch = new Scratch();
        var catalogue = Catalogue(scratch);
        string[] data = ["--data", scratch.File("data")];
        string[] reception = ["--as", "officer-1", "--role", "reception", "--actor-unit", Commune];
        var submitted = await RunAsync(
            catalogue, ["dossier", "submit", "--procedure", "2.001023", "--unit", Commune, "--applicant", "Bùi Thị Mai", "--field", "child-name=An",
            "--document", "birth-certificate", "--as", "citizen-1", "--role", "applicant", .. data, "--json"]);
        var code = submitted.Json.GetProperty("code").GetString()!;
        await RunAsync(catalogue, ["dossier", "fire", code, "accept", .. reception, .. data, "--json"]);
        await RunAsync(catalogue, ["dossier", "fire", code, "dispatch", .. reception, .. data, "--json"]);

        var legs = (await RunAsync(catalogue, ["dossier", "show", code, .. data, "--json"])).Json.GetProperty("legs");
        Assert.Equal(["birth", "insurance-card"], legs.EnumerateArray().Select(l => l.GetProperty("name").GetString()));
        var birth = legs[0].GetProperty("code").GetString()!;
        var shown = await RunAsync(catalogue, ["dossier", "show", code, .. data]);
        Assert.Contains($"leg 1      birth, {Commune}: Dispatched", shown.Output, StringComparison.Ordinal);
        Assert.Contains($"dossier {birth}", shown.Output, StringComparison.Ordinal);
        Assert.Contains("leg 2      insurance-card, 000.82.30.H28: Planned", shown.Output, StringComparison.Ordinal);

        var child = await RunAsync(catalogue, ["dossier", "show", birth, .. data]);
        Assert.Contains($"leg of     {code}, number 1", child.Output, StringComparison.Ordinal);
    }

    // What travels with the host, with the units that have agencies.
    private static string Catalogue(Scratch scratch)
    {
        var own = Path.Combine(AppContext.BaseDirectory, "procedures");
        foreach (var file in Directory.GetFiles(own, "*.yaml", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(own, file);
            if (!name.StartsWith("units", StringComparison.Ordinal) && !name.StartsWith(Path.Combine("groups", "units"), StringComparison.Ordinal))
            {
                scratch.File(Path.Combine("catalogue", name), File.ReadAllText(file));
            }
        }

        scratch.File(Path.Combine("catalogue", "units", "units.yaml"), File.ReadAllText(Path.Combine(own, "groups", "units", "hoa-binh.yaml")));
        return scratch.File("catalogue");
    }

    private static async Task<Ran> RunAsync(string catalogue, params string[] args)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await using var error = new StringWriter { NewLine = "\n" };
        var status = await CommandLine.RunAsync(args, new HostEnvironment(TextWriter.Synchronized(output), TextWriter.Synchronized(error)) { Catalogue = catalogue });
        var ran = new Ran(status, output.ToString(), error.ToString());
        Assert.True(status == 0, ran.Output + ran.Error);
        return ran;
    }
}
