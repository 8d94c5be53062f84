using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.EventLogs;

namespace Workflow.Core.Tests.EventLogs;

public sealed class XesRoundTripProperties
{
    [Fact]
    public void Read_OfWrite_IsTheSameLog() =>
        Prop.ForAll(Arb.From(Logs.AnyLog), Arb.From(Logs.AnyHeader), (traces, header) =>
        {
            using var stream = new MemoryStream(Logs.Write(traces, header));
            using XesReader reader = XesReader.Open(stream);
            Assert.Equal(header, reader.Header);
            Assert.Equal(traces, reader.ReadTraces());
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Write_OfReadOfWrite_IsTheSameBytes() =>
        Prop.ForAll(Arb.From(Logs.AnyLog), traces =>
        {
            byte[] bytes = Logs.Write(traces);
            using var stream = new MemoryStream(bytes);
            Assert.Equal(bytes, Logs.Write(XesReader.Read(stream)));
        }).Check(Config.QuickThrowOnFailure);
}
