using Workflow.Core.Dossiers;

namespace Workflow.Core.Tests.Dossiers;

public class HashChainTests
{
    private static readonly ChainedRow s_row = new("code", 3, Office.Time("11-06 09:00"), "actor", "caller", "id", [1], [2, 3], [4]);

    [Fact]
    public void Hash_OfTheSameRow_IsTheSame_AndKeepsItsValueForEver() => Assert.Equal(
        "423a34c03d38cb0173536bf6614564105109b128e977290b9bca78daa8f92d49", Convert.ToHexStringLower(HashChain.Next(HashChain.Start.Span, s_row)));

    [Fact]
    public void HashesAndDigests_OfEveryLength_KeepTheirValuesForEver()
    {
        var hash = HashChain.Start.ToArray();
        for (var length = 0; length < 3_000; length += 37)
        {
            var text = string.Concat(Enumerable.Range(0, length / 10).Select(i => "aưế😀\ud800"[(i % 5)..((i % 5) + 1)]));
            var bytes = Enumerable.Range(0, length).Select(i => (byte)(i * 7)).ToArray();
            var row = new ChainedRow("c" + text, length, s_row.OccurredAt.AddHours(length), text, "k", text, HashChain.Digest(bytes, hash), bytes, HashChain.Digest([], bytes));
            hash = HashChain.Next(hash, row);
        }

        Assert.Equal("000ca1fb889dc5634687198fa7224b159f2a20526b836557a1c9dd97c8771b53", Convert.ToHexStringLower(hash));
    }

    [Fact]
    public void Hash_WhenAnyPartChanges_Changes()
    {
        ChainedRow[] rows =
        [
            s_row, s_row with { Code = "codf" }, s_row with { Version = 4 }, s_row with { OccurredAt = s_row.OccurredAt.AddMilliseconds(1) },
            s_row with { Actor = "actors" }, s_row with { Caller = "c" }, s_row with { CommandId = "ie" }, s_row with { CommandDigest = [2] },
            s_row with { Data = [2, 4] }, s_row with { PersonalDigest = [] },
            // The same bytes, cut elsewhere.
            s_row with { Code = "codea", Actor = "ctor" }, s_row with { Actor = "actorcaller", Caller = "" },
            s_row with { CommandDigest = [1, 2], Data = [3] }, s_row with { Data = [2], PersonalDigest = [3, 4] },
        ];
        var hashes = rows.Select(r => Convert.ToHexString(HashChain.Next(HashChain.Start.Span, r))).ToList();
        hashes.Add(Convert.ToHexString(HashChain.Next(HashChain.Next(HashChain.Start.Span, s_row), s_row)));

        Assert.Equal(hashes.Count, hashes.Distinct().Count());
    }

    [Fact]
    public void Chain_AfterPersonalDataIsErased_StillHolds()
    {
        var personal = "the personal part"u8.ToArray();
        var row = s_row with { PersonalDigest = HashChain.Digest("salt"u8, personal) };
        var recorded = HashChain.Next(HashChain.Start.Span, row);

        // Erasing takes the personal part and its salt away; the digest stays in the row.
        Array.Clear(personal);

        Assert.Equal(recorded, HashChain.Next(HashChain.Start.Span, row));
    }

    [Fact]
    public void Digest_DependsOnSaltAndContent_AndOnWhereOneEnds()
    {
        byte[][] digests = [HashChain.Digest("ab"u8, "c"u8), HashChain.Digest("a"u8, "bc"u8), HashChain.Digest("ab"u8, "d"u8), HashChain.Digest([], "abc"u8)];

        Assert.Equal(4, digests.Select(Convert.ToHexString).Distinct().Count());
        Assert.All(digests, d => Assert.Equal(HashChain.Length, d.Length));
    }

    [Fact]
    public void Hash_AfterSomethingThatIsNoHash_IsRefused() => Assert.Throws<ArgumentException>(() => HashChain.Next([1, 2, 3], s_row));

    [Fact]
    public void LongTexts_AreCoveredToTheirEnd()
    {
        var longer = s_row with { Actor = new string('ư', 500) };

        Assert.NotEqual(HashChain.Next(HashChain.Start.Span, longer), HashChain.Next(HashChain.Start.Span, longer with { Actor = new string('ư', 499) + "u" }));
    }
}
