using MucGen.Rooms.Service;
using MucGen.Xml;
using Xunit;

namespace MucGen.Rooms.Tests.Service;

/// <summary>Paging through the rooms of a service (XEP-0045 6.3, XEP-0059).</summary>
public sealed class RoomDirectoryTests
{
    private readonly RoomDirectory directory = new(Listings("cove", "attic", "boat", "eaves", "den"));

    [Fact]
    public void Rooms_come_in_the_order_of_their_localparts() => Assert.Equal("attic boat cove den eaves", Uids(new PageRequest()));

    [Fact]
    public void Max_caps_the_page() // MC-0059-01, MC-0059-04
    {
        var page = directory.Read(new PageRequest(Max: 2), 100);
        Assert.Equal("attic boat", Uids(page));
        Assert.Equal((0, 5, false), (page.Start, page.Total, page.IsComplete));
    }

    [Fact]
    public void After_continues_behind_the_identifier() // MC-0059-03
    {
        var page = directory.Read(new PageRequest(Max: 2, After: "boat"), 100);
        Assert.Equal("cove den", Uids(page));
        Assert.Equal(2, page.Start);
    }

    [Fact]
    public void Before_ends_ahead_of_the_identifier_in_forward_order() => // MC-0059-06
        Assert.Equal("boat cove", Uids(new PageRequest(Max: 2, Before: "den")));

    [Fact]
    public void An_empty_before_asks_for_the_last_page() => // MC-0059-08
        Assert.Equal("den eaves", Uids(new PageRequest(Max: 2, Before: "")));

    [Fact]
    public void A_page_is_found_though_its_room_is_gone() // MC-0059-07
    {
        directory.Unlist(Room("boat"));
        Assert.Equal("cove den", Uids(new PageRequest(Max: 2, After: "boat")));
    }

    [Fact]
    public void An_index_names_the_first_item() => Assert.Equal("eaves", Uids(new PageRequest(Index: 4))); // MC-0059-09

    [Fact]
    public void An_index_beyond_the_end_is_an_empty_page() => Assert.Equal("", Uids(new PageRequest(Index: 9)));

    [Fact]
    public void Max_zero_only_counts() // MC-0059-10
    {
        var page = directory.Read(new PageRequest(Max: 0), 100);
        Assert.Empty(page.Items);
        Assert.Equal(5, page.Total);
    }

    [Fact]
    public void The_limit_holds_whatever_is_asked_for() => Assert.Equal(3, directory.Read(new PageRequest(Max: 5), 3).Items.Count);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Every_room_is_reached_exactly_once(int max) // muc-6.3-07
    {
        var seen = new List<string>();
        string? after = null;
        while (directory.Read(new PageRequest(max, after), 100) is { Items.Count: > 0 } page)
        {
            seen.AddRange(page.Items.Select(item => item.Uid));
            after = seen[^1];
        }

        Assert.Equal("attic boat cove den eaves", string.Join(' ', seen));
    }

    [Fact]
    public void A_listing_is_replaced_not_repeated()
    {
        directory.List(new RoomListing(Room("cove"), "The Cove"));
        directory.List(new RoomListing(Room("arch"), ""));
        Assert.Equal("arch attic boat cove den eaves", Uids(new PageRequest()));
        Assert.Contains(directory.Read(default, 100).Items, item => item.Name == "The Cove");
    }

    private string Uids(PageRequest request) => Uids(directory.Read(request, 100));

    private static string Uids(Page<RoomListing> page) => string.Join(' ', page.Items.Select(item => item.Uid));

    private static IEnumerable<RoomListing> Listings(params string[] names) => names.Select(name => new RoomListing(Room(name), ""));

    private static Jid Room(string name) => Jid.Parse($"{name}@conference.example.org");
}
