using System.Text;
using Workflow.Host.Api;
using Workflow.Host.Tests.Serving;

namespace Workflow.Host.Tests.Api;

/// <summary>Whatever is sent, by whoever: no fault of the host, nothing of others, and what was there stays as it was.</summary>
public sealed class HostileRequestProperties
{
    private const int Seed = 20_201_106;

    private static readonly string[] s_bodies =
    [
        "{\"procedure\":\"1.001193\",\"receivingUnit\":\"000.01.30.H28\",\"channel\":\"online\",\"applicant\":{\"name\":\"X\"},\"fields\":{\"child-name\":\"Y\"},\"documents\":[{\"code\":\"identity\",\"copies\":1}]}",
        "{\"reason\":\"r\",\"ground\":\"g\",\"items\":[\"a\"],\"payment\":{\"amount\":5,\"method\":\"cash\"},\"occurredAt\":\"2020-11-06T08:00:00+07:00\"}",
        "{\"unit\":\"000.02.30.H28\",\"role\":\"head\",\"officer\":\"x\"}", "{\"newDue\":\"2020-12-01T00:00:00Z\",\"reason\":\"r\",\"apologyDocument\":\"1\"}", "{\"person\":\"x\",\"unit\":null,\"roles\":[]}",
    ];

    private static readonly string[] s_pieces = ["\"", "{", "}", "[", "]", ":", ",", "null", "1e999", "-0", "\\u0000", "\\ud83d", "\u0000", "\uFFFD", "../", "%00", "é", "999999999999999999999", "true", "\r\n", "\t", " "];

    [Fact]
    public async Task Requests_MadeUpAtRandom_AreAnsweredInOrder()
    {
        await using var office = await ServedOffice.StartAsync();
        var (victim, attacker) = (await office.TokenAsync("victim"), await office.TokenAsync("attacker"));
        var elsewhere = await office.TokenAsync("lan", ServedOffice.OtherCommune, "reception", "head", "professional");
        var code = await office.SubmittedAsync(victim, "mine");
        var before = (await office.GetAsync($"/v1/dossiers/{code}", victim)).Body;

        await Parallel.ForAsync(0, LongRun.Times(1_500), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            var random = new Random(Seed + i);
            var endpoint = ApiTable.All[random.Next(ApiTable.All.Count)];
            if (endpoint.Name == "streamChanges")
            {
                return;
            }

            var path = endpoint.Pattern.Replace("{code}", random.Next(3) > 0 ? code : Mutated(code, random), StringComparison.Ordinal)
                .Replace("{trigger}", random.Next(2) > 0 ? "withdraw" : Mutated("accept", random), StringComparison.Ordinal).Replace("{form}", "01", StringComparison.Ordinal);
            path += random.Next(3) > 0 ? string.Empty : $"?{Uri.EscapeDataString(Mutated("limit", random))}={Uri.EscapeDataString(Mutated("5", random))}&unit={ServedOffice.Commune}&cursor={Uri.EscapeDataString(Mutated("MTYwNDY3|x", random))}";
            var token = random.Next(5) switch { 0 => null, 1 => Header(Mutated(attacker, random)), 2 => elsewhere, _ => attacker };
            List<(string, string)> headers = [("Idempotency-Key", Header(Mutated("key" + i, random))), ("If-Match", random.Next(2) > 0 ? "*" : Header(Mutated("\"1\"", random)))];
            if (random.Next(3) == 0)
            {
                headers.Add(("Acting-Unit", random.Next(2) > 0 ? ServedOffice.Commune : Header(Mutated(ServedOffice.District, random))));
            }

            var told = await office.SendAsync(new HttpMethod(endpoint.Method), Path(path), token, endpoint.Method == "POST" ? Mutated(s_bodies[random.Next(s_bodies.Length)], random) : null, [.. headers]);

            Assert.True(told.Status < 500, $"seed {Seed + i}: {endpoint.Method} {path}: {told.Status} {told.Body}");
            Assert.All((string[])["Nguyễn", "Kín", "012345678901", "0912000333"], secret => Assert.False(told.Body.Contains(secret, StringComparison.Ordinal), $"seed {Seed + i}: {told.Body}"));
        });

        Assert.Equal(before, (await office.GetAsync($"/v1/dossiers/{code}", victim)).Body);
        Assert.DoesNotContain("error", office.Log, StringComparison.Ordinal);
    }

    private static string Mutated(string text, Random random)
    {
        var mutated = new StringBuilder(text);
        for (var n = random.Next(4); n > 0 && mutated.Length > 0; n--)
        {
            var at = random.Next(mutated.Length);
            _ = random.Next(4) switch
            {
                0 => mutated.Remove(at, 1),
                1 => mutated.Insert(at, s_pieces[random.Next(s_pieces.Length)]),
                2 => mutated.Remove(at, mutated.Length - at),
                _ => mutated.Replace(mutated[at], (char)random.Next(1, 0x250), at, 1),
            };
        }

        return mutated.ToString();
    }

    // What the client would refuse to send itself is tested by bytes elsewhere.
    private static string Header(string text) => string.Concat(text.Where(c => c is >= ' ' and < '\x7f'));

    private static string Path(string path)
    {
        var query = path.IndexOf('?', StringComparison.Ordinal);
        var plain = query < 0 ? path : path[..query];
        return string.Join('/', plain.Split('/').Select(Uri.EscapeDataString)) + (query < 0 ? string.Empty : path[query..]);
    }
}
