using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Procedures;
using Workflow.Core.Units;

namespace Workflow.Core.Forms;

/// <summary>The slips that a dossier's own events give rise to.</summary>
public static class Slips
{
    /// <summary>Lists the slips, in the order of what they state; the control slip stands after the receipt, with which it is made.</summary>
    /// <param name="procedure">The version of the procedure that the dossier follows.</param>
    /// <param name="dossier">The dossier as it is now.</param>
    /// <param name="history">All its accepted commands, oldest first.</param>
    /// <param name="units">The units, for names.</param>
    /// <param name="circular">The circular to follow; null for the one in force when each thing happened.</param>
    /// <exception cref="ArgumentException">The dossier follows another version.</exception>
    /// <remarks>Receipts of fees are no forms of these circulars. The register is over many dossiers: see <see cref="DossierRegister"/>.</remarks>
    public static IReadOnlyList<Slip> Of(Procedure procedure, DossierSnapshot dossier, IReadOnlyList<HistoryEntry> history, UnitTree units, Circular? circular = null)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(units);
        if (procedure.Code != dossier.Procedure || procedure.Version.Number != dossier.ProcedureVersion)
        {
            throw new ArgumentException($"Dossier {dossier.Code} follows {dossier.Procedure}@{dossier.ProcedureVersion}, not {procedure}.", nameof(procedure));
        }

        return new SlipReader(procedure, dossier, units, circular).Read(history);
    }
}

/// <summary>Walks through a history and keeps what later slips need.</summary>
internal sealed class SlipReader(Procedure procedure, DossierSnapshot dossier, UnitTree units, Circular? circular)
{
    private readonly List<Slip> _slips = [];
    private readonly Dictionary<string, SubmittedDocument> _documents = new(StringComparer.Ordinal);
    private DateTimeOffset? _acceptedAt;
    private long _feesPaid;

    public IReadOnlyList<Slip> Read(IReadOnlyList<HistoryEntry> history)
    {
        foreach (var entry in history)
        {
            var head = new SlipHead(dossier.Code, dossier.ReceivingUnit, NameOf(dossier.ReceivingUnit), procedure.Code, procedure.Content.Name, dossier.Personal?.Applicant, entry.Actor);
            var by = circular ?? Circulars.At(entry.OccurredAt);
            foreach (var happened in entry.Events)
            {
                Note(happened, entry.OccurredAt);
                if (SlipOf(happened, by, entry, head) is { } slip)
                {
                    _slips.Add(slip);
                }

                if (happened is DossierAccepted && ControlRows.Of(dossier, history, NameOf) is { Count: > 0 } rows)
                {
                    _slips.Add(new ControlSlip(by, entry.OccurredAt, rows) { Head = head });
                }
            }
        }

        return _slips;
    }

    private void Note(DossierEvent happened, DateTimeOffset at)
    {
        foreach (var document in happened switch { DossierSubmitted s => s.Documents, DocumentsAttached a => a.Documents, _ => [] })
        {
            _documents[document.Code] = document;
        }

        _feesPaid += happened is PaymentReceived paid ? paid.Payment.Amount : 0;
        _acceptedAt = happened is DossierAccepted ? at : _acceptedAt;
    }

    private Slip? SlipOf(DossierEvent happened, Circular by, HistoryEntry entry, SlipHead head) => happened switch
    {
        DossierAccepted accepted => new ReceiptSlip(by, entry.OccurredAt) { Head = head, Components = Components(), ReturnAt = accepted.Promise?.Due, Channel = dossier.Channel },
        SupplementRequested asked => new SupplementSlip(by, entry.OccurredAt, [.. asked.Items.Select(Item)], asked.Personal?.Note) { Head = head },
        DossierRefused refused => new RefusalSlip(by, entry.OccurredAt, refused.Ground, refused.Personal?.Note) { Head = head },
        DossierReappointed moved => new ApologySlip(by, entry.OccurredAt, moved.OldDue, moved.NewDue, moved.ApologyDocument, moved.Personal?.Note)
        {
            Head = head,
            ReceivedAt = _acceptedAt,
            LateUnitName = NameOf(entry.Unit ?? dossier.CompetentUnit),
        },
        // Form 05 is for a stop that was asked for (Circular 03/2025 Art 7); silence asks for nothing.
        DossierMoved { Act: Act.Stop } stopped when by == Circular.Of2025 && entry.Actor != Actor.System.Id => new StopSlip(entry.OccurredAt, _feesPaid, stopped.Personal?.Note) { Head = head },
        _ => null,
    };

    private IReadOnlyList<SlipComponent> Components() =>
    [
        .. from definition in procedure.Content.Documents
           where _documents.ContainsKey(definition.Code)
           let document = _documents[definition.Code]
           select new SlipComponent(definition.Code, definition.Name, document.Originals, document.Copies),
    ];

    private LocalizedName Item(string item) => procedure.Content.Documents.FirstOrDefault(d => d.Code == item)?.Name ?? new LocalizedName(item);

    private LocalizedName NameOf(string unit) => units.Find(unit)?.Name ?? new LocalizedName(unit);
}
