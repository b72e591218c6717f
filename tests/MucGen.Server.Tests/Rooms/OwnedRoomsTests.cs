using MucGen.Server.Configuration;
using MucGen.Server.Tests.Hosting;
using MucGen.Server.Tests.Support;

namespace MucGen.Server.Tests.Rooms;

/// <summary>How many rooms one person may own, where the service bounds that (XEP-0045 14.6).</summary>
public sealed class OwnedRoomsTests
{
    [Fact]
    [Proves("muc-14.6-04")]
    public async Task The_third_room_is_one_too_many_until_one_is_destroyed()
    {
        var options = new MucGenOptions { Admins = ["admin@localhost"], Rooms = new RoomOptions { MaxRoomsPerOwner = 2 } };
        await using var server = new ServerInMemory(options);
        var romeo = await server.LoginAsync("romeo");
        await CreateAsync(romeo, "one", "<subject/>");
        await CreateAsync(romeo, "two", "<subject/>");
        await CreateAsync(romeo, "three", "<resource-constraint");
        await romeo.SayAsync("<iq to='one@conference.localhost' type='set' id='d'><query xmlns='http://jabber.org/protocol/muc#owner'><destroy/></query></iq>", "id='d'");
        await CreateAsync(romeo, "three", "<subject/>");

        var admin = await server.LoginAsync("admin");
        foreach (var room in new[] { "four", "five", "six" })
            await CreateAsync(admin, room, "<subject/>");
    }

    private static Task CreateAsync(PipeWire who, string room, string answer) =>
        who.SayAsync($"<presence to='{room}@conference.localhost/nick'><x xmlns='http://jabber.org/protocol/muc'/></presence>", answer);
}
