using System.Net;
using System.Net.Sockets;
using MucGen.Protocol;
using MucGen.Rooms;
using MucGen.Rooms.Journal;
using MucGen.Server.Cli;
using MucGen.Server.Storage;
using MucGen.Server.Tests.Storage;
using MucGen.Transcripts.Running;
using MucGen.Xml;

namespace MucGen.Server.Tests.Cli;

/// <summary>Every command, with a daemon in the folder and without one.</summary>
public sealed class CommandLineTests : IDisposable
{
    private const string RoomAddress = "room@conference.localhost";
    private static readonly Jid Room = Jid.Parse(RoomAddress);
    private readonly TemporaryFolder temporary = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Accounts_are_added_listed_changed_and_deleted(bool whileServing)
    {
        await using var daemon = whileServing ? await RunningDaemon.StartAsync(temporary.Path) : null;
        Assert.Equal(new Command(0, "", ""), await RunAsync("user", "list"));
        Assert.Equal(new Command(0, "Created romeo@localhost.", ""), await RunAsync("user", "add", "Romeo@localhost", "--password", "secret"));
        var again = await RunAsync("user", "add", "romeo@localhost", "--password", "secret");
        Assert.Equal((CommandLine.Failure, ""), (again.Code, again.Output));
        Assert.Contains("exists already", again.Error, StringComparison.Ordinal);
        await RunAsync("user", "add", "juliet@localhost", "--password", "secret");
        Assert.Equal($"juliet@localhost{Environment.NewLine}romeo@localhost", (await RunAsync("user", "list")).Output);
        Assert.Equal(0, (await RunAsync("user", "passwd", "romeo@localhost", "--password", "other")).Code);
        Assert.Equal(0, (await RunAsync("user", "delete", "juliet@localhost")).Code);
        Assert.Equal("romeo@localhost", (await RunAsync("user", "list")).Output);
        if (daemon is null)
            return;
        await using var client = await daemon.LoginAsync("romeo@localhost", "other");
    }

    [Theory]
    [InlineData("user", "add", "romeo", "--password", "x")]
    [InlineData("user", "add", "romeo@localhost/orchard", "--password", "x")]
    [InlineData("user", "add", "romeo@elsewhere", "--password", "x")]
    [InlineData("user", "add", "romeo@localhost", "--password", "")]
    [InlineData("user", "passwd", "nobody@localhost", "--password", "x")]
    [InlineData("user", "delete", "nobody@localhost")]
    [InlineData("room", "show", "nowhere@conference.localhost")]
    [InlineData("room", "show", "room@localhost")]
    [InlineData("room", "destroy", "nowhere@conference.localhost")]
    public async Task What_cannot_be_done_says_why(params string[] args)
    {
        var command = await RunAsync(args);
        Assert.Equal((CommandLine.Failure, ""), (command.Code, command.Output));
        Assert.NotEmpty(command.Error);
    }

    [Theory]
    [InlineData("user")]
    [InlineData("user", "add")]
    [InlineData("room", "show")]
    [InlineData("nonsense")]
    [InlineData("serve", "--nonsense")]
    public async Task What_cannot_be_read_is_misuse(params string[] args) =>
        Assert.Equal(CommandLine.Misuse, (await Command.RunAsync(args)).Code);

    [Fact]
    public async Task A_folder_that_somebody_owns_without_answering_is_named()
    {
        using var owner = DataFolder.Open(temporary.Path);
        var command = await RunAsync("user", "list");
        Assert.Equal(CommandLine.Failure, command.Code);
        Assert.Contains(temporary.Path, command.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_daemon_is_refused_the_folder()
    {
        await using var daemon = await RunningDaemon.StartAsync(temporary.Path);
        var second = await Command.RunAsync("serve", "--data", temporary.Path, "--listen", "127.0.0.1:0");
        Assert.Equal(CommandLine.Failure, second.Code);
        Assert.Contains("in use by another mucgen", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_setting_is_misuse_and_named()
    {
        var command = await Command.RunAsync("serve", "--data", temporary.Path, "--listen", "everywhere");
        Assert.Equal(CommandLine.Misuse, command.Code);
        Assert.Contains("MucGen:Listen = \"everywhere\"", command.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_its_setting()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var command = await Command.RunAsync("serve", "--data", temporary.Path, "--listen", $"127.0.0.1:{port}");
        Assert.Equal(CommandLine.Failure, command.Code);
        Assert.Contains($"127.0.0.1:{port} (MucGen:Listen)", command.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_of_another_machine_is_named_with_its_setting()
    {
        // 192.0.2.0/24 is for documentation; no machine has it.
        var command = await Command.RunAsync("serve", "--data", temporary.Path, "--listen", "192.0.2.1:0");
        Assert.Equal(CommandLine.Failure, command.Code);
        Assert.Contains("192.0.2.1:0 (MucGen:Listen)", command.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_certificate_is_there_before_the_first_client()
    {
        await using var daemon = await RunningDaemon.StartAsync(temporary.Path);
        Assert.True(File.Exists(Path.Combine(temporary.Path, "self-signed.crt")));
    }

    [Fact]
    public async Task Accounts_of_a_domain_given_on_the_command_line_are_added_without_a_daemon()
    {
        Assert.Equal(
            new Command(0, "Created romeo@example.org.", ""),
            await RunAsync("user", "add", "romeo@example.org", "--password", "secret", "--domain", "Example.ORG"));
        var refused = await RunAsync("user", "add", "juliet@example.org", "--password", "secret");
        Assert.Contains("--domain", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_may_begin_with_an_at_sign() =>
        Assert.Equal(0, (await RunAsync("user", "add", "romeo@localhost", "--password", "@home")).Code);

    [Fact]
    public async Task The_configuration_is_shown()
    {
        var command = await RunAsync("check-config");
        Assert.Equal((CommandLine.Success, ""), (command.Code, command.Error));
        Assert.Contains($"MucGen:DataFolder = {temporary.Path}", command.Output, StringComparison.Ordinal);
        Assert.Contains("MucGen:Limits:MaxStanzaBytes = 262144  (default)", command.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_daemon_says_what_it_serves_and_how_to_add_a_user_and_stops_cleanly()
    {
        var daemon = await RunningDaemon.StartAsync(temporary.Path, "--domain", "example.org");
        Assert.Contains("serves example.org, rooms at conference.example.org", daemon.Output, StringComparison.Ordinal);
        Assert.Contains("mucgen user add alice@example.org --password", daemon.Output, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            var mode = File.GetUnixFileMode(Path.Combine(temporary.Path, DataFolder.ControlSocketName));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
        }

        Assert.Equal(CommandLine.Success, await daemon.StopAsync());
        Assert.False(File.Exists(Path.Combine(temporary.Path, DataFolder.ControlSocketName)));
    }

    [Fact]
    public async Task Rooms_are_listed_shown_and_destroyed_without_a_daemon()
    {
        await MakeRoomAsync();
        Assert.Equal(new Command(0, $"{RoomAddress}\tpersistent\tpublic\tThe place", ""), await RunAsync("room", "list"));
        var shown = await RunAsync("room", "show", RoomAddress);
        Assert.Contains("affiliation: romeo@localhost Owner", shown.Output, StringComparison.Ordinal);
        Assert.Contains("muc#roomconfig_roomname = The place", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", shown.Output, StringComparison.Ordinal);
        Assert.Equal(new Command(0, $"Destroyed {RoomAddress}.", ""), await RunAsync("room", "destroy", RoomAddress, "--reason", "Done"));
        Assert.Equal(new Command(0, "", ""), await RunAsync("room", "list"));
    }

    [Fact]
    public async Task Who_was_in_a_room_when_the_daemon_died_is_not_shown_as_there()
    {
        await MakeRoomAsync(new SessionJoined(
            Jid.Parse("juliet@localhost/balcony"), "Juliet", MucRole.Participant, TimeProvider.System.GetUtcNow(), default, 0, null));
        Assert.DoesNotContain("occupant:", (await RunAsync("room", "show", RoomAddress)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_account_loses_its_place_in_rooms_without_a_daemon()
    {
        // MC-0077-14
        await MakeRoomAsync();
        await RunAsync("user", "add", "juliet@localhost", "--password", "secret");
        Assert.Contains("juliet@localhost Member as Juliet", (await RunAsync("room", "show", RoomAddress)).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("user", "delete", "juliet@localhost")).Code);
        Assert.DoesNotContain("juliet", (await RunAsync("room", "show", RoomAddress)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_room_destroyed_by_the_running_daemon_tells_its_occupants()
    {
        await RunAsync("user", "add", "romeo@localhost", "--password", "secret");
        await using var daemon = await RunningDaemon.StartAsync(temporary.Path);
        await using var romeo = await daemon.LoginAsync("romeo@localhost", "secret");
        await romeo.SendAsync($"<presence to='{RoomAddress}/Romeo'><x xmlns='http://jabber.org/protocol/muc'/></presence>", default);
        await ReceiveAsync(romeo, "<status code=\"201\"");
        Assert.StartsWith(RoomAddress, (await RunAsync("room", "list")).Output, StringComparison.Ordinal);
        Assert.Contains("occupant: Romeo (romeo@localhost), Moderator", (await RunAsync("room", "show", RoomAddress)).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("room", "destroy", RoomAddress, "--reason", "Enough")).Code);
        await ReceiveAsync(romeo, "<reason>Enough</reason>");
        Assert.Equal(new Command(0, "", ""), await RunAsync("room", "list"));
    }

    [Fact]
    public async Task A_deleted_account_ends_its_sessions()
    {
        await RunAsync("user", "add", "romeo@localhost", "--password", "secret");
        await using var daemon = await RunningDaemon.StartAsync(temporary.Path);
        await using var romeo = await daemon.LoginAsync("romeo@localhost", "secret");
        Assert.Equal(0, (await RunAsync("user", "delete", "romeo@localhost")).Code);
        await Assert.ThrowsAnyAsync<Exception>(() => ReceiveAsync(romeo, "nothing that ever comes"));
    }

    public void Dispose() => temporary.Dispose();

    private static async Task ReceiveAsync(IDialogueClient client, string part)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var stanza = await client.ReceiveAsync(limit.Token) ?? throw new InvalidOperationException("The stream has ended.");
            if (stanza.ToString()!.Contains(part.Replace('"', '"'), StringComparison.Ordinal))
                return;
        }
    }

    private Task<Command> RunAsync(params string[] args) => Command.RunAsync([.. args, "--data", temporary.Path]);

    private async Task MakeRoomAsync(params RoomEvent[] more)
    {
        using var folder = DataFolder.Open(temporary.Path);
        using var store = Server.Storage.Sqlite.SqliteStore.Open(folder, new(), TimeProvider.System);
        var config = new RoomConfig { Name = "The place", IsPersistent = true, IsPasswordProtected = true, Password = "hush" };
        store.Rooms.Append(Room, RoomJournalTests.Created());
        store.Rooms.Append(Room, new RoomUnlocked());
        store.Rooms.Append(Room, new ConfigChanged(config.Save()));
        store.Rooms.Append(Room, new AffiliationChanged(Jid.Parse("juliet@localhost"), MucAffiliation.Member, "Juliet", null));
        foreach (var change in more)
            store.Rooms.Append(Room, change);
        await store.Rooms.CommittedAsync();
    }
}
