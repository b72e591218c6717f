using Xunit;

namespace MucGen.Rooms.Tests.Core;

/// <summary>The limits of a room's vCard, and that it lasts (XEP-0486, XEP-0054).</summary>
public sealed class RoomVCardTests
{
    private const string Owner = "romeo@users.example/a";
    private const string Photo = "<PHOTO><TYPE>image/png</TYPE><BINVAL>aGVs\nbG8=</BINVAL></PHOTO>"; // "hello"
    private const string Hash = "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d";

    [Fact]
    [Proves("MC-0054-02")]
    public void A_large_one_is_refused()
    {
        var room = Room(TestRoom.DefaultPolicy with { MaxVCardBytes = 200 });
        Assert.Contains("policy-violation", Assert.Single(Set(room, new string('x', 200))).Xml, StringComparison.Ordinal);
        Assert.Contains("item-not-found", Get(room), StringComparison.Ordinal);
        Assert.Contains("type='result'", Set(room, "x")[^1].Xml, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("MC-0486-04")]
    public void Rooms_without_vcards_neither_say_nor_do_anything_about_them()
    {
        var room = Room(TestRoom.DefaultPolicy with { MaxVCardBytes = 0 });
        Assert.Contains("service-unavailable", Assert.Single(Set(room, Photo)).Xml, StringComparison.Ordinal);
        Assert.Contains("service-unavailable", Get(room), StringComparison.Ordinal);
        Assert.DoesNotContain("vcard-temp", Info(room), StringComparison.Ordinal);
    }

    [Fact]
    [Proves("MC-0486-06", "MC-0486-08")]
    public void There_is_a_hash_only_while_there_is_an_image()
    {
        var room = Room();
        Assert.DoesNotContain("avatarhash", Info(room), StringComparison.Ordinal);
        Set(room, Photo);
        Assert.Contains($"<value>{Hash}</value>", Info(room), StringComparison.Ordinal);
        Set(room, "<FN>The hall</FN><PHOTO><BINVAL/></PHOTO>");
        Assert.DoesNotContain("avatarhash", Info(room), StringComparison.Ordinal);
        Set(room, Photo);
        Set(room, "");
        Assert.DoesNotContain("avatarhash", Info(room), StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_that_is_not_base64_is_refused() =>
        Assert.Contains("bad-request", Assert.Single(Set(Room(), "<PHOTO><BINVAL>?</BINVAL></PHOTO>")).Xml, StringComparison.Ordinal);

    [Fact]
    public void What_changes_nothing_is_not_announced()
    {
        var room = Room();
        Assert.Equal(3, Set(room, Photo).Count);
        Assert.True(room.MustCommitFirst);
        Assert.Single(Set(room, Photo));
        Assert.Equal(2, Set(room, Photo + "<FN>The hall</FN>").Count);
    }

    [Fact]
    public void It_survives_in_the_journal_and_in_snapshots()
    {
        var room = Room();
        Set(room, Photo);
        var replayed = new Room(TestRoom.Address, room.Policy);
        TestRoom.Apply(replayed, room.Journal);
        Assert.Equal([Hash], replayed.VCard!.PhotoHashes);
        Assert.Equal(TestRoom.StateOf(room.Room), TestRoom.StateOf(replayed));
        room.Room = Journal.RoomSnapshot.Of(replayed)!.ToRoom(TestRoom.Address, room.Policy);
        Assert.Contains("aGVs", Get(room), StringComparison.Ordinal);
        Assert.Contains(Hash, Info(room), StringComparison.Ordinal);
    }

    private static TestRoom Room(RoomPolicy? policy = null)
    {
        var room = new TestRoom(policy);
        room.Join(Owner, "Romeo");
        room.Configure(new RoomConfig());
        return room;
    }

    private static IReadOnlyList<Sent> Set(TestRoom room, string content) =>
        room.Send(Owner, $"<iq to='{TestRoom.Address}' type='set' id='v'><vCard xmlns='vcard-temp'>{content}</vCard></iq>");

    private static string Get(TestRoom room) =>
        Assert.Single(room.Send(Owner, $"<iq to='{TestRoom.Address}' type='get' id='v'><vCard xmlns='vcard-temp'/></iq>")).Xml;

    private static string Info(TestRoom room) => Assert.Single(room.Send(
        Owner, $"<iq to='{TestRoom.Address}' type='get' id='d'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>")).Xml;
}
