using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Grains.Calls;

namespace Workflow.Grains.Tests.Calls;

/// <summary>What goes over the wire, for silos and clients of two releases talk to each other while a cluster is upgraded.</summary>
public sealed class MessageTests
{
    public static TheoryData<string> Names => [.. Samples.All.Select(s => s.Name)];

    [Fact]
    public void Messages_AreWrittenAsApproved()
    {
        var actual = string.Concat(Samples.All.Select(s => $"{s.Name}: {Wire.TextOf(s.Message)}\n"));
        var path = Path.Combine(Path.GetDirectoryName(ThisFile())!, "messages.approved.txt");
        if (Environment.GetEnvironmentVariable("WORKFLOW_APPROVE") == "1")
        {
            File.WriteAllText(path, actual);
        }

        Assert.True(File.Exists(path), "messages.approved.txt was never approved: run with WORKFLOW_APPROVE=1, look at the file and commit it. A form that is there already only gains members.");
        Assert.Equal(File.ReadAllText(path), actual);
    }

    [Fact]
    public void EveryMessage_IsASample() =>
        Assert.Equal(MessageJson.Types.Select(t => t.Name).Order(StringComparer.Ordinal), Samples.All.Select(s => s.Message.GetType().Name).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Message_ReadAgain_IsTheSame(string name)
    {
        var message = Sample(name);

        var read = Wire.Serializer.Deserialize<object>(Wire.Serializer.SerializeToArray(message));

        Assert.NotSame(message, read);
        Assert.IsType(message.GetType(), read);
        Assert.Equal(Wire.TextOf(message), Wire.TextOf(read!));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Message_OnTheWire_IsItsAliasAndItsText(string name)
    {
        var message = Sample(name);

        var bytes = Wire.Serializer.SerializeToArray(message);

        var text = Wire.Printable(bytes);
        Assert.Contains("workflow." + message.GetType().Name, text, StringComparison.Ordinal);
        Assert.Contains(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(Wire.TextOf(message))), Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        foreach (var foreign in (string[])["Workflow.", "System.", "$type", "PublicKeyToken", ", Workflow"])
        {
            Assert.DoesNotContain(foreign, text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Message_WithinAProcess_IsHandedOver(string name)
    {
        var message = Sample(name);

        Assert.Same(message, Wire.Services.GetRequiredService<DeepCopier>().Copy(message));
    }

    [Fact]
    public void Request_OfAnEarlierRelease_HasDefaultsForWhatItDidNotKnow()
    {
        var call = Wire.Read<DossierCall>("""{"command":{"command":"fire","trigger":"accept"},"request":{"id":"k","actor":{"id":"clerk"}}}""");

        Assert.Equal(("accept", "k", "clerk", "clerk"), (((FireTrigger)call.Command).Trigger, call.Request.Id.Value, call.Request.Caller, call.Request.Actor.Id));
        Assert.Equal((null, null, null), (call.Request.ExpectedVersion, call.Request.OccurredAt, call.Request.Actor.Unit));
        Assert.Empty(call.Request.Actor.Roles);
        Assert.Equal(new HistoryCall(1, 1_000), Wire.Read<HistoryCall>("{}"));
    }

    [Fact]
    public void Answer_OfAnEarlierRelease_HasDefaultsForWhatItDidNotKnow()
    {
        var refused = Assert.IsType<CommandResult.Rejected>(Wire.Read<CommandAnswer>("""{"result":{"kind":"rejected","unmet":[{"name":"n","message":"m"}]}}""").Result);
        Assert.Equal((null, 0, new UnmetGuard("n", "m")), (refused.Code, refused.Version, Assert.Single(refused.Unmet)));
        Assert.Null(Wire.Read<DossierAnswer>("{}").Dossier);
        Assert.Empty(Wire.Read<HistoryAnswer>("{}").Entries);
        Assert.Empty(Wire.Read<PermittedAnswer>("""{"triggers":[{"trigger":"t"}]}""").Triggers![0].Roles);
    }

    [Fact]
    public void Message_OfALaterRelease_IsReadWithoutWhatIsNew()
    {
        var call = Wire.Read<DossierCall>(
            """{"new":[1],"command":{"trigger":"accept","newer":{"a":1},"command":"fire"},"request":{"id":"k","actor":{"id":"clerk","rank":7},"hint":"x"}}""");
        Assert.Equal("accept", Assert.IsType<FireTrigger>(call.Command).Trigger);

        var accepted = Wire.Read<CommandAnswer>(
            """{"result":{"kind":"accepted","code":"D","version":3,"recorded":{"data":{"unit":"U","events":[{"event":"decision-signed.1","result":"r","x":1}],"y":2},"z":3},"cost":4},"trace":"5"}""");
        Assert.Equal(("D", 3), (Assert.IsType<CommandResult.Accepted>(accepted.Result).Code.Value, ((CommandResult.Accepted)accepted.Result!).Version));
        Assert.Equal("later", Wire.Read<CommandAnswer>("""{"fault":{"kind":"later","message":"m","more":1}}""").Fault!.Kind);
    }

    [Fact]
    public void Text_ThatIsNoMessage_IsRefused()
    {
        Assert.Contains("a later", Assert.Throws<JsonException>(() => Wire.Read<CommandAnswer>("""{"result":{"kind":"a later"}}""")).Message, StringComparison.Ordinal);
        Assert.Throws<JsonException>(() => Wire.Read<CommandAnswer>("{}"));
        Assert.Throws<JsonException>(() => Wire.Read<DossierCall>("{}"));
        Assert.Throws<JsonException>(() => Wire.Read<SubmissionCall>("""{"command":{"command":"wake"},"request":{"id":"k","actor":{"id":"a"}}}"""));
    }

    [Fact]
    public void JsonOfTheHostsOwn_KeepsItsOptions()
    {
        var services = new ServiceCollection();
        services.AddSerializer(s => s.AddJsonSerializer(t => t == typeof(Foreign), new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower }));
        services.AddWorkflowMessages();
        var serializer = services.BuildServiceProvider().GetRequiredService<Serializer>();

        Assert.Contains("""{"own-name":"ñ"}""".Replace("ñ", "Ã±", StringComparison.Ordinal), Encoding.Latin1.GetString(serializer.SerializeToArray<object>(new Foreign("ñ"))), StringComparison.Ordinal);
        var sample = Sample("accepted");
        Assert.Equal(Wire.TextOf(sample), Wire.TextOf(serializer.Deserialize<object>(serializer.SerializeToArray(sample))!));
    }

    private static object Sample(string name) => Samples.All.Single(s => s.Name == name).Message;

    private static string ThisFile([CallerFilePath] string file = "") => file;

    private sealed record Foreign(string OwnName);
}
