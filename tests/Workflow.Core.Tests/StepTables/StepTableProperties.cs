using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.Definitions;
using static Workflow.Core.Tests.StepTables.StepTableFiles;

namespace Workflow.Core.Tests.StepTables;

/// <summary>Laws: a table that adds up has no error and one that does not has one, and no file does more than be refused.</summary>
public class StepTableProperties
{
    private static readonly Gen<(int Above, int Below)> s_fraction = from below in Gen.Elements(1, 2, 3, 4, 5, 6, 7, 8, 12) from above in Gen.Choose(1, below * 20) select (above, below);

    [Fact]
    public void Steps_OfAnyFractions_AddUpToTheirSumAndToNothingElse() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(300)), Prop.ForAll(s_fraction.NonEmptyListOf().Where(l => l.Count <= 20).ToArbitrary(), steps =>
        {
            const int Common = 840;
            var sum = steps.Sum(s => (long)s.Above * (Common / s.Below));
            var rows = steps.Select((s, i) => $"{i + 1}|{s.Above}/{s.Below}").ToArray();

            var right = One($"{sum}/{Common}", rows);
            Assert.Empty(right.Defects);
            Assert.True(Math.Abs(((decimal)sum / Common) - Way(right.Procedure!).Sum(s => s.Limit?.Amount ?? 0)) < 0.000001m);
            Assert.Empty(Compiled(right).Content.Budgets);

            var wrong = Only(One($"{sum + 1}/{Common}", rows), DefectCodes.StepsDoNotAddUp);
            Assert.Equal(DefectSeverity.Error, wrong.Severity);
        }));

    [Fact]
    public void Read_MutatedFile_IsImportedOrRefusedWithFileAndLine()
    {
        const int Seed = 20251118;
        var mutations = LongRun.Times(2000);
        var random = new Random(Seed);
        var lines = Decisions.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var (refused, faulty) = (0, 0);
        for (var i = 0; i < mutations; i++)
        {
            var text = Mutated(lines, random);
            try
            {
                var tables = Import(text);
                faulty += tables.Any(t => t.Defects.Count > 0) ? 1 : 0;
                foreach (var table in tables.Where(t => t.Procedure is not null).Take(1))
                {
                    Compiled(table);
                }

                Assert.All(tables.SelectMany(t => t.Defects), d => Assert.True(d.Place.File == "tables.tsv" && d.Place.Line > 0, d.ToString()));
                Assert.All(tables, t => Assert.Equal(t.Procedure is null, t.Defects.Any(d => d.Severity == DefectSeverity.Error)));
            }
            catch (DefinitionException e)
            {
                refused++;
                var defect = Assert.Single(e.Defects);
                Assert.True(defect.Place.File == "tables.tsv" && defect.Place.Line > 0 && defect.Mend.Length > 0, $"mutation {i} of seed {Seed}: {defect}");
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Mutation {i} of seed {Seed} threw {e.GetType().Name}: {e.Message}\n{text}", e);
            }
        }

        Assert.InRange(refused, mutations / 20, mutations * 3 / 4);
        Assert.InRange(faulty, mutations / 20, mutations * 3 / 4);
    }

    // A header and a few tables, with some cells, rows or characters changed.
    private static string Mutated(string[] lines, Random random)
    {
        string[] cells = ["", "\"", "1.000", "1/3", "-1", "Theo quy định", "2 giờ", "6-13", "5.1", "B5", "Không tính", "Giờ hành chính", "0", "\0", "\uFFFD", "\uD800", "\"x", "x\"y\"", "999999999", "1/0", "ngày", "tháng", new string('x', 11_000)];
        var start = random.Next(1, lines.Length - 20);
        List<string> rows = [lines[0], .. lines.Skip(start).Take(random.Next(1, 20))];
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(rows.Count + 2) is var r && r < rows.Count ? r : random.Next(rows.Count);
            var row = rows[at].Split('\t');
            switch (random.Next(6))
            {
                case 0 or 1 or 2:
                    row[random.Next(row.Length)] = cells[random.Next(cells.Length)];
                    rows[at] = string.Join('\t', row);
                    break;
                case 3:
                    rows.Insert(at, rows[random.Next(rows.Count)]);
                    break;
                case 4:
                    rows[at] = rows[at].Remove(random.Next(rows[at].Length + 1) is var cut && cut < rows[at].Length ? cut : 0, rows[at].Length > 0 ? 1 : 0);
                    break;
                default:
                    rows[at] = rows[at].Insert(random.Next(rows[at].Length + 1), random.Next(2) == 0 ? "\t" : ((char)random.Next(1, 0xFFFF)).ToString());
                    break;
            }
        }

        return string.Join(random.Next(2) == 0 ? "\n" : "\r\n", rows);
    }
}
