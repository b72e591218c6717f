using MucGen.Server.Tests.Support;

namespace MucGen.Server.Tests.Commands;

/// <summary>What the service's admins do with rooms by commands of the MUC service.</summary>
public sealed class RoomAdminCommandTests
{
    private const string FormType = "urn:mucgen:room-admin:1";
    private const string Room = "hall@conference.localhost";

    [Fact]
    [Proves("MC-0133-18")]
    public async Task Admins_list_inspect_and_destroy_rooms()
    {
        await using var scene = await AdminScene.BeginAsync();
        var romeo = await HallAsync(scene);

        Assert.Contains($"<field var='rooms'><value>{Room}</value></field>", Typeless(await scene.ExecuteAsync(scene.Admin, FormType + "#list", AdminScene.Muc)), StringComparison.Ordinal);
        var shown = await scene.SubmitAsync(FormType + "#show", FormType, AdminScene.Muc, ("room", Room));
        Assert.Contains("<value>affiliation: romeo@localhost Owner</value>", shown, StringComparison.Ordinal);
        Assert.Contains("status='completed'", await scene.SubmitAsync(FormType + "#destroy", FormType, AdminScene.Muc, ("room", Room), ("reason", "Closed"), ("alternate", "inn@conference.localhost")), StringComparison.Ordinal);
        await romeo.HearAsync("<destroy jid='inn@conference.localhost'><reason>Closed</reason></destroy>");
        Assert.DoesNotContain(Room, await scene.ExecuteAsync(scene.Admin, FormType + "#list", AdminScene.Muc), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Others_are_not_even_shown_the_commands()
    {
        await using var scene = await AdminScene.BeginAsync();
        var romeo = await HallAsync(scene);

        Assert.DoesNotContain("<item", await scene.AskAsync(romeo, AdminScene.Muc, "get", "<query xmlns='http://jabber.org/protocol/disco#items' node='http://jabber.org/protocol/commands'/>"), StringComparison.Ordinal);
        Assert.Contains("<forbidden", await scene.ExecuteAsync(romeo, FormType + "#list", AdminScene.Muc), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere@conference.localhost", "<item-not-found")]
    [InlineData("hall@elsewhere", "<bad-payload")]
    [InlineData("conference.localhost", "<bad-payload")]
    public async Task A_room_that_is_not_there_is_refused(string room, string error)
    {
        await using var scene = await AdminScene.BeginAsync();

        Assert.Contains(error, await scene.SubmitAsync(FormType + "#show", FormType, AdminScene.Muc, ("room", room)), StringComparison.Ordinal);
        Assert.Contains(error, await scene.SubmitAsync(FormType + "#destroy", FormType, AdminScene.Muc, ("room", room)), StringComparison.Ordinal);
    }

    private static string Typeless(string form) => form.Replace(" type='jid-multi'", "", StringComparison.Ordinal);

    private static async Task<PipeWire> HallAsync(AdminScene scene)
    {
        var romeo = await scene.Server.LoginAsync("romeo");
        await romeo.SayAsync($"<presence to='{Room}/Romeo'><x xmlns='http://jabber.org/protocol/muc'/></presence>", "<subject/>");
        await romeo.SayAsync($"<iq to='{Room}' type='set' id='c'><query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'/></query></iq>", "type='result'");
        return romeo;
    }
}
