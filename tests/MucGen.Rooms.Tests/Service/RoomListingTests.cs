using MucGen.Rooms.Service;
using MucGen.Rooms.Tests.Core;
using Xunit;

namespace MucGen.Rooms.Tests.Service;

/// <summary>Which rooms are listed (XEP-0045 6.3).</summary>
public sealed class RoomListingTests
{
    private readonly TestRoom room = new();

    [Fact]
    public void Not_before_it_exists() => Assert.Null(RoomListing.Of(room.Room));

    [Fact]
    public void Not_while_it_is_locked() // muc-6.3-04
    {
        room.Join("romeo@montague.example/a", "Romeo");
        Assert.Null(RoomListing.Of(room.Room));
    }

    [Fact]
    public void Not_when_it_is_hidden() // muc-6.3-02, muc-16.5.3-15, MC-0030-21
    {
        room.Join("romeo@montague.example/a", "Romeo");
        room.Configure(new RoomConfig { IsPublic = false });
        Assert.Null(RoomListing.Of(room.Room));
    }

    [Fact]
    public void With_its_name() // muc-6.3-03
    {
        room.Join("romeo@montague.example/a", "Romeo");
        room.Configure(new RoomConfig { Name = "The Orchard" });
        Assert.Equal(new RoomListing(TestRoom.Address, "The Orchard") { Occupants = 1, IsOpen = true }, RoomListing.Of(room.Room));
    }

    [Fact]
    public void With_what_a_search_tells()
    {
        room.Join("romeo@montague.example/a", "Romeo");
        room.Configure(new RoomConfig { Description = "Fruit", Language = "en", IsMembersOnly = true, Whois = MucGen.Protocol.RoomWhois.Anyone });
        Assert.Equal(
            new RoomListing(TestRoom.Address, "") { Description = "Fruit", Language = "en", Occupants = 1, IsNonAnonymous = true }, RoomListing.Of(room.Room));
    }
}
