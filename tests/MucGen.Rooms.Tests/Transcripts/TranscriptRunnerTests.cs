using System.Xml.Linq;
using MucGen.Transcripts.Grammar;
using MucGen.Transcripts.Running;
using Xunit;

namespace MucGen.Rooms.Tests.Transcripts;

/// <summary>The runner's own rules, against a server that hands every stanza back to its sender.</summary>
public class TranscriptRunnerTests
{
    private const string Start = "# T\n[Client] Romeo\njid: user@localhost\npassword: p\n-----\nRomeo connects\n";
    private const string Complete = "# T\n# dialogue: complete\n" + "[Client] Romeo\njid: user@localhost\npassword: p\n-----\nRomeo connects\n";

    [Fact]
    public async Task Stanzas_that_do_not_match_are_passed_over()
    {
        Assert.Null(await PlayAsync(Start + "Romeo sends: <message id='1'/>\nRomeo sends: <message id='2'/>\nRomeo receives: <message id='2'/>"));
        Assert.StartsWith(
            "x.scs:8: Romeo did not receive what was expected",
            await PlayAsync(Start + "Romeo sends: <message id='1'/>\nRomeo receives: <message id='2'/>"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_complete_script_takes_the_very_next_stanza()
    {
        Assert.Null(await PlayAsync(Complete + "Romeo sends: <message id='1'/>\nRomeo receives: <message id='1'/>"));
        var failure = await PlayAsync(Complete + "Romeo sends: <message id='1'/>\nRomeo sends: <message id='2'/>\nRomeo receives: <message id='2'/>");
        Assert.StartsWith("x.scs:10: Romeo received another stanza; it differs at message: attribute 'id': expected '2', received '1'", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_complete_script_leaves_nothing_behind() =>
        Assert.StartsWith(
            "x.scs:8: after the last step, Romeo received what is not listed",
            await PlayAsync(Complete + "Romeo sends: <message id='1'/>"),
            StringComparison.Ordinal);

    [Fact]
    public async Task Nothing_means_nothing_waits()
    {
        Assert.Null(await PlayAsync(Start + "Romeo receives: nothing"));
        Assert.StartsWith("x.scs:8: Romeo received what is not listed", await PlayAsync(Start + "Romeo sends: <message/>\nRomeo receives: nothing"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Variables_and_captures_are_filled_in()
    {
        Assert.Null(await PlayAsync(
            Start
            + "Romeo sends: <message id=\"${Romeo's full JID}\" to=\"${Romeo's bare JID}\"/>\n"
            + "Romeo receives: <message id='{scansion:capture:address}' to='user@localhost'/>\n"
            + "Romeo sends: <message id='${address}'/>\nRomeo receives: <message id='user@localhost/a&apos;b'/>"));
        Assert.Contains("${Paris's JID} has no value", await PlayAsync(Start + "Romeo sends: <message id=\"${Paris's JID}\"/>"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_client_is_disconnected_even_after_a_failure()
    {
        await using var server = new EchoServer();
        var transcript = TranscriptParser.Parse("x.scs", Start + "Romeo sends: <message/>\nRomeo receives: <iq/>");
        Assert.False((await TranscriptRunner.RunAsync(transcript, server, Timeout.InfiniteTimeSpan)).Passed);
        Assert.Equal(0, server.Connected);
    }

    [Fact]
    public async Task A_character_connects_before_it_acts() =>
        Assert.Contains("Romeo: not connected", await PlayAsync(Start + "Romeo disconnects\nRomeo sends: <message/>"), StringComparison.Ordinal);

    private static async Task<string?> PlayAsync(string script)
    {
        await using var server = new EchoServer();
        return (await TranscriptRunner.RunAsync(TranscriptParser.Parse("x.scs", script), server, Timeout.InfiniteTimeSpan)).Failure;
    }

    private sealed class EchoServer : IDialogueServer
    {
        public int Connected { get; private set; }

        public Task<IDialogueClient> ConnectAsync(DialogueLogin login, CancellationToken cancellation)
        {
            Connected++;
            return Task.FromResult<IDialogueClient>(new EchoClient(login.BareJid + "/a'b", () => Connected--));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class EchoClient(string fullJid, Action left) : IDialogueClient
    {
        private readonly Queue<XElement> waiting = new();

        public string FullJid => fullJid;

        public Task SendAsync(string xml, CancellationToken cancellation)
        {
            waiting.Enqueue(StanzaText.Parse(xml));
            return Task.CompletedTask;
        }

        public Task<XElement> ReceiveAsync(CancellationToken cancellation) => waiting.TryDequeue(out var stanza)
            ? Task.FromResult(stanza)
            : throw new DialogueEndedException("nothing is waiting");

        public bool TryReceive(out XElement? stanza) => waiting.TryDequeue(out stanza);

        public Task SettleAsync(IReadOnlyCollection<string> addresses, CancellationToken cancellation) => Task.CompletedTask;

        public ValueTask DisposeAsync()
        {
            left();
            return ValueTask.CompletedTask;
        }
    }
}
