namespace Workflow.Samples.Tests;

public class EmbeddedLibraryTests
{
    [Fact]
    public async Task EmbeddedLibrary_TellsTheWholeStory()
    {
        var (exitCode, lines) = await SampleRun.OfAsync("EmbeddedLibrary");

        Assert.Equal(0, exitCode);
        Assert.Equal(
            [
                "1.001193@1: C# and YAML are the same procedure",
                "06/11 09:00 Mai submits online: registered, version 1",
                "06/11 10:00 Mai accepts it herself: refused",
                "role: this is for the role reception",
                "documents-complete: the required document 'to-khai' is missing (Decree 61/2018/ND-CP Art 17)",
                "06/11 11:00 Mai hands in the declaration: registered, version 2",
                "06/11 14:00 Lan accepts: appraisal, version 3",
                "the slip says: back on 13/11/2020 23:59",
                "11/11 10:00 Hung signs: done, version 4",
                "12/11 09:00 Mai withdraws: refused",
                "permitted: 'withdraw' is not permitted in state 'done'",
                "no-decision: a decision has been signed, so the dossier can no longer be withdrawn",
                "12/11 09:00 Lan returns the result: returned, version 5",
                "000.01.30.H28-201106-0001 is closed: Early",
                "5 commands replayed: the same state",
            ],
            lines);
    }
}
