using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.Dossiers;

namespace Workflow.Core.Tests.Dossiers;

public sealed class LegalTimeTextProperties
{
    private static readonly DateTimeOffset s_last = new(9999, 12, 31, 23, 59, 59, 999, TimeSpan.FromHours(7));

    [Fact]
    public void Time_IsWrittenInVietnamsOffsetToTheMillisecond()
    {
        var moments = Gen.Choose(0, int.MaxValue).Two().Select(t => DateTimeOffset.MinValue.AddTicks((long)((s_last.UtcTicks * (t.Item1 / (double)int.MaxValue) * 0.999) + t.Item2)));

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(Arb.From(moments), HasItsText));
        Assert.True(HasItsText(DateTimeOffset.MinValue));
        Assert.True(HasItsText(s_last));
    }

    private static bool HasItsText(DateTimeOffset time)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            new LegalTimeConverter().Write(writer, time, JsonSerializerOptions.Default);
        }

        var expected = time.ToOffset(TimeSpan.FromHours(7)).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetString(bytes.ToArray()) == $"\"{expected}\"";
    }
}
