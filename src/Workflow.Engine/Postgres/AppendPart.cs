using Workflow.Engine.Journal;

namespace Workflow.Engine.Postgres;

/// <summary>What of a batch one statement writes: at most one append of each dossier, in the order of their codes.</summary>
/// <param name="Makes">Whether all of them make their dossiers, or none does.</param>
/// <param name="Appends">The appends. Not empty.</param>
/// <param name="PlacesInBatch">Where they stand in the batch.</param>
internal sealed record AppendPart(bool Makes, JournalAppend[] Appends, int[] PlacesInBatch)
{
    /// <summary>Splits a batch into parts that are written one after the other; as a rule there is but one.</summary>
    public static List<AppendPart> Of(JournalAppend[] batch)
    {
        var places = new int[batch.Length];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = i;
        }

        Array.Sort(places, (x, y) => CodeOrder.Instance.Compare(batch[x].Code, batch[y].Code) is var order and not 0 ? order : x.CompareTo(y));

        // The n-th append of a dossier goes with the n-th round.
        var rounds = new int[places.Length];
        var last = 0;
        for (var i = 1; i < places.Length; i++)
        {
            if (batch[places[i]].Code == batch[places[i - 1]].Code)
            {
                rounds[i] = rounds[i - 1] + 1;
                last = Math.Max(last, rounds[i]);
            }
        }

        var parts = new List<AppendPart>();
        for (var round = 0; round <= last; round++)
        {
            Add(makes: true, round);
            Add(makes: false, round);
        }

        return parts;

        void Add(bool makes, int round)
        {
            var its = Array.FindAll([.. Enumerable.Range(0, places.Length)], i => rounds[i] == round && batch[places[i]].Version == 1 == makes);
            if (its.Length > 0)
            {
                parts.Add(new AppendPart(makes, Array.ConvertAll(its, i => batch[places[i]]), Array.ConvertAll(its, i => places[i])));
            }
        }
    }

    /// <summary>The place in the batch of each code.</summary>
    public Dictionary<string, int> Places()
    {
        var places = new Dictionary<string, int>(Appends.Length, StringComparer.Ordinal);
        for (var i = 0; i < Appends.Length; i++)
        {
            places.Add(Appends[i].Code, PlacesInBatch[i]);
        }

        return places;
    }
}
