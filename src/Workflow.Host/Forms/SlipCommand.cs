using System.CommandLine;
using System.Text;
using Workflow.Core.Dossiers;
using Workflow.Core.Forms;
using Workflow.Host.Dossiers;
using Workflow.Host.Files;
using Workflow.Host.Procedures;
using Workflow.Host.Stores;
using Workflow.Host.Terminal;

namespace Workflow.Host.Forms;

/// <summary><c>dossier slip CODE</c>: the statutory forms that a dossier's events give rise to, listed or as a page to be printed.</summary>
internal static class SlipCommand
{
    private sealed record Wish(DossierCode Code, string? Form, Circular? Circular, SlipWords Words, Uri? LookUp, string? Out);

    public static Command Create(HostEnvironment environment)
    {
        var code = new Argument<string>("CODE") { Description = "The dossier's code." };
        var form = new Option<string?>("--form") { Description = "The number of the form to print, 01 to 07; the newest one when there are several. Without it the slips are listed.", HelpName = "NUMBER" };
        form.AcceptOnlyFromAmong("01", "02", "03", "04", "05", "06", "07");
        var circular = new Option<string?>("--circular") { Description = "The circular to follow; the one in force when it happened unless it is named." };
        circular.AcceptOnlyFromAmong("01/2018", "03/2025");
        var lookUp = new Option<string?>("--look-up") { Description = "The address before the dossier's code in the QR code; the code alone without it.", HelpName = "URL" };
        var output = new Option<string?>("--out") { Description = "The file to write; standard output without it.", HelpName = "FILE" };
        var language = SharedOptions.Language();
        var store = new StoreOptions();
        var json = SharedOptions.Json();
        var command = new Command("slip", "Lists a dossier's statutory slips, or prints one as HTML.") { code, form, circular, language, lookUp, output, json };
        store.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            new Session(environment, parsed.GetValue(json)),
            store.Choose(parsed, environment),
            new Wish(
                GivenParts.Code(parsed.GetRequiredValue(code)),
                parsed.GetValue(form),
                parsed.GetValue(circular) switch { "01/2018" => Circular.Of2018, "03/2025" => Circular.Of2025, _ => null },
                SlipWords.Of(parsed.GetValue(language)),
                LookUp(parsed.GetValue(lookUp)),
                parsed.GetValue(output)),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Session session, StoreChoice choice, Wish wish, CancellationToken cancellationToken)
    {
        if (wish.Form is null && wish.Out is not null)
        {
            throw new UnusableInputException("--out needs --form: say which form is to be written");
        }

        if (wish.Form is not null && session.IsJson)
        {
            throw new UnusableInputException("--json lists the slips and --form prints one: leave one of them out");
        }

        await choice.RequireAsync(cancellationToken).ConfigureAwait(false);
        var environment = session.Environment;
        IReadOnlyList<Slip> slips;
        var embedded = await CommandEngine.OpenAsync(
            choice, stored => stored.With([]), Catalogue.Units(environment), Catalogue.Calendar(environment), environment.Clock, queue: 16, cancellationToken).ConfigureAwait(false);
        await using (embedded.ConfigureAwait(false))
        {
            var dossier = await embedded.Engine.FindAsync(wish.Code, cancellationToken).ConfigureAwait(false) ?? throw Outcome.NotFound(wish.Code);
            slips = Slips.Of(embedded.ProcedureOf(dossier), dossier, await embedded.HistoryAsync(dossier, cancellationToken).ConfigureAwait(false), embedded.Engine.Units, wish.Circular);
        }

        if (wish.Form is null)
        {
            await session.ResultAsync(
                new { Code = wish.Code.Value, Slips = slips.Select(s => new { Form = s.Number, Circular = Circulars.NumberOf(s.Circular), s.Kind, s.At, Title = wish.Words.Name(s.Title), LegalBasis = wish.Words.Name(s.LegalBasis) }) },
                slips.Count == 0
                    ? [$"{wish.Code} has no slips yet: they come with reception, a request for supplement or a refusal"]
                    : slips.Select(s => $"{s.Number}  {Times.Show(s.At)}  {Circulars.NumberOf(s.Circular)}  {wish.Words.Name(s.Title)}")).ConfigureAwait(false);
            return ExitStatus.Done;
        }

        var chosen = slips.LastOrDefault(s => s.Number == wish.Form) ?? throw Missing(wish, slips);
        await WriteAsync(environment, SlipPage.Render(chosen, wish.Words, wish.LookUp), wish.Out, cancellationToken).ConfigureAwait(false);
        return ExitStatus.Done;
    }

    private static UnusableInputException Missing(Wish wish, IReadOnlyList<Slip> slips) => new(
        slips.Count == 0
            ? $"{wish.Code} has no slips yet, so no form {wish.Form}: they come with reception, a request for supplement or a refusal"
            : $"{wish.Code} has no form {wish.Form}: use one of {string.Join(", ", slips.Select(s => s.Number).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))} (the register is of a unit, not of one dossier)");

    private static async Task WriteAsync(HostEnvironment environment, string page, string? path, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            await environment.Output.WriteAsync(page).ConfigureAwait(false);
            return;
        }

        using var file = OutputFile.Create(path);
        await file.Stream.WriteAsync(Encoding.UTF8.GetBytes(page), cancellationToken).ConfigureAwait(false);
        file.Keep();
    }

    private static Uri? LookUp(string? text) => text is null ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && text.Length <= 500 ? address
        : throw new UnusableInputException($"--look-up '{Faults.OneLine(text)}' is not a web address: write one such as https://example.org/ho-so?ma=");
}
