using System.Text;
using Workflow.Core.Calendars;
using Workflow.Core.Definitions;

namespace Workflow.Core.Tests.Definitions;

/// <summary>Whatever a file holds, it is read or refused by its defects: nothing else is thrown.</summary>
public class HostileTextTests
{
    private const int Seed = 20_201_106;

    private const string Sound = """
        # A small calendar.
        calendar: test
        first-day: 2024-01-01
        last-day: 2024-12-31
        weekend: [saturday, sunday]
        office-hours:
          periods: ["07:00-11:30", 13:30-17:00]
          note: |
            common,
            not universal
        non-working-days:
          - { date: 2024-01-01, name: 'Tết Dương lịch', source: law }
          - date: 2024-01-08
            name: swapped
            source: decision
            known-from: 2024-01-03
        make-up-days:
          - { date: 2024-01-13, for: 2024-01-08 }
        """;

    private static readonly string[] s_pieces =
    [
        "\n", "\t", " ", "  ", ":", ": ", "- ", "?", "? ", "[", "]", "{", "}", ",", "#", "&a ", "*a", "!", "!!int ", "|", ">", "'", "\"", "%", "@", "`",
        "---\n", "...\n", "%YAML 1.2\n", "<<: ", "~", "\0", "\u0007", "\uFEFF", "\uD800", "\u2028", "\u0085", "\\u12", "\"\\x", "\r", "\r\n", "9999-12-31", "-1", "null",
    ];

    [Fact]
    public void Read_ThousandRandomMutations_ThrowNothingButTheirDefects()
    {
        var random = new Random(Seed);
        var refused = 0;
        for (var i = 0; i < 1_000; i++)
        {
            var text = Mutated(random);
            try
            {
                using var reader = new StringReader(text);
                CalendarBook.Read(reader, "test.yaml");
            }
            catch (DefinitionException e)
            {
                refused++;
                Assert.All(e.Defects, d => Assert.True(d.Place.Line >= 1, $"Mutation {i} of seed {Seed}: {d}"));
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"Mutation {i} of seed {Seed} threw {e.GetType().Name}: {e.Message}\n{text}");
            }
        }

        Assert.InRange(refused, 300, 1_000);
    }

    private static string Mutated(Random random)
    {
        var text = new StringBuilder(Sound);
        for (var n = random.Next(1, 6); n > 0; n--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(5))
            {
                case 0:
                    text.Remove(at, Math.Min(random.Next(1, 30), text.Length - at));
                    break;
                case 1:
                    text[at] = (char)random.Next(1, 0x250);
                    break;
                case 2:
                    var length = Math.Min(random.Next(1, 60), text.Length - at);
                    text.Insert(random.Next(text.Length), text.ToString(at, length));
                    break;
                default:
                    text.Insert(at, s_pieces[random.Next(s_pieces.Length)]);
                    break;
            }
        }

        return text.ToString();
    }
}
