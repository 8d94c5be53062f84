using System.Net.Http.Headers;
using System.Text.Json;
using Workflow.Host.Tests.Serving;

namespace Workflow.Host.Tests.Api;

public sealed class ChangesApiTests
{
    [Fact]
    public async Task Stream_ThatBreaksOff_GoesOnBehindTheLastChange()
    {
        await using var office = await ServedOffice.StartAsync();
        var (citizen, officer) = (await office.TokenAsync("citizen-1"), await office.TokenAsync("hoa", ServedOffice.District, "head"));
        var before = await office.SubmittedAsync(citizen, "before");
        var (first, id) = (string.Empty, string.Empty);
        using (var stream = await Stream.OpenAsync(office, officer, null))
        {
            first = await office.SubmittedAsync(citizen, "first");
            (id, var change) = await stream.NextAsync();
            Assert.Equal((first, 1, "submitted"), (change.GetProperty("code").GetString(), change.GetProperty("version").GetInt32(), change.GetProperty("kinds")[0].GetString()));
            Assert.DoesNotContain("Kín", change.ToString(), StringComparison.Ordinal);
        }

        var second = await office.SubmittedAsync(citizen, "second");
        using (var stream = await Stream.OpenAsync(office, officer, id))
        {
            Assert.Equal(second, (await stream.NextAsync()).Change.GetProperty("code").GetString());
            Assert.Equal(200, (await office.FireAsync(citizen, "w", before, "withdraw")).Status);
            var (_, change) = await stream.NextAsync();
            Assert.Equal((before, 2, "withdrawn", 7), (change.GetProperty("code").GetString(), change.GetProperty("version").GetInt32(), change.GetProperty("state").GetString(), change.GetProperty("portalStatus").GetInt32()));
        }
    }

    [Fact]
    public async Task Stream_ShowsWhatIsInReachAlone()
    {
        await using var office = await ServedOffice.StartAsync();
        var (one, two) = (await office.TokenAsync("citizen-1"), await office.TokenAsync("citizen-2"));
        var (here, there) = (await office.SubmittedAsync(one, "here"), await office.SubmittedAsync(two, "there", ServedOffice.OtherCommune));

        Assert.Equal([here], await CodesAsync(one));
        Assert.Equal([there], await CodesAsync(two));
        Assert.Equal([here], await CodesAsync(await office.TokenAsync("mai", ServedOffice.Commune)));
        Assert.Equal([here, there], await CodesAsync(await office.TokenAsync("hoa", ServedOffice.District)));
        Assert.Equal([], await CodesAsync(await office.TokenAsync("citizen-3")));

        async Task<IEnumerable<string>> CodesAsync(string token)
        {
            var told = await office.GetAsync("/v1/changes?after=0.0.0&wait=false", token);
            Assert.Equal((200, "text/event-stream"), (told.Status, told.MediaType));
            return told.Body.Split('\n').Where(l => l.StartsWith("data: ", StringComparison.Ordinal)).Select(l => JsonDocument.Parse(l[6..]).RootElement.GetProperty("code").GetString()!);
        }
    }

    [Fact]
    public async Task Cursor_ThatIsNone_OrBeyondTheJournal_IsToldAsSuch()
    {
        await using var office = await ServedOffice.StartAsync();
        var token = await office.TokenAsync("citizen-1");

        (await office.GetAsync("/v1/changes?after=rubbish", token)).IsProblem(400, "malformed-request", "cursor");
        (await office.GetAsync("/v1/changes?after=-1.0.0", token)).IsProblem(400, "malformed-request", "cursor");
        (await office.GetAsync("/v1/changes?after=0.0.999999", token)).IsProblem(410, "cursor-gone");
        (await office.GetAsync("/v1/changes?wait=maybe", token)).IsProblem(400, "malformed-request", "wait");
    }

    [Fact]
    public async Task Streams_OfOnePerson_AreBounded_AndThoseThatEndMakeRoom()
    {
        await using var office = await ServedOffice.StartAsync();
        var token = await office.TokenAsync("citizen-1");
        var streams = new List<Stream>();
        for (var i = 0; i < 8; i++)
        {
            streams.Add(await Stream.OpenAsync(office, token, null));
        }

        (await office.GetAsync("/v1/changes?wait=false", token)).IsProblem(429, "too-many-requests");
        Assert.Equal(200, (await office.GetAsync("/v1/changes?wait=false", await office.TokenAsync("citizen-2"))).Status);
        streams.ForEach(s => s.Dispose());
    }

    [Fact]
    public async Task Streams_EndWithTheHost()
    {
        await using var office = await ServedOffice.StartAsync();
        using var stream = await Stream.OpenAsync(office, await office.TokenAsync("citizen-1"), null);

        await office.StopAsync();

        Assert.Null(await stream.LineAsync());
    }

    private sealed class Stream(HttpResponseMessage response, StreamReader reader) : IDisposable
    {
        public static async Task<Stream> OpenAsync(ServedOffice office, string token, string? lastId)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/changes");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (lastId is not null)
            {
                request.Headers.Add("Last-Event-ID", lastId);
            }

            var response = await office.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(200, (int)response.StatusCode);
            return new Stream(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
        }

        public ValueTask<string?> LineAsync() => reader.ReadLineAsync(TestContext.Current.CancellationToken);

        /// <summary>The next change with its id.</summary>
        public async Task<(string Id, JsonElement Change)> NextAsync()
        {
            var id = string.Empty;
            while (true)
            {
                var line = await LineAsync() ?? throw new InvalidOperationException("The stream has ended.");
                if (line.StartsWith("id: ", StringComparison.Ordinal))
                {
                    id = line[4..];
                }
                else if (line.StartsWith("data: ", StringComparison.Ordinal))
                {
                    return (id, JsonDocument.Parse(line[6..]).RootElement);
                }
            }
        }

        public void Dispose()
        {
            reader.Dispose();
            response.Dispose();
        }
    }
}
