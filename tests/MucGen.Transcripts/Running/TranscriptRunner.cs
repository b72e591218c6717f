using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using MucGen.Transcripts.Grammar;
using MucGen.Transcripts.Matching;

namespace MucGen.Transcripts.Running;

/// <summary>Plays one script against one server and disconnects every client at its end, however it ends.</summary>
public sealed class TranscriptRunner
{
    private readonly Transcript transcript;
    private readonly IDialogueServer server;
    private readonly TimeSpan patience;
    private readonly Variables variables;
    private readonly Dictionary<string, IDialogueClient> clients = new(StringComparer.Ordinal);
    private readonly List<string> connected = [];
    private readonly HashSet<string> addressed = new(StringComparer.Ordinal);

    private TranscriptRunner(Transcript transcript, IDialogueServer server, TimeSpan patience)
    {
        this.transcript = transcript;
        this.server = server;
        this.patience = patience;
        variables = new Variables(transcript);
    }

    /// <summary>Plays the script.</summary>
    /// <param name="transcript">The script.</param>
    /// <param name="server">What it talks to.</param>
    /// <param name="patience">How long one step may wait at most; a step that is answered never waits.</param>
    /// <param name="cancellation">Abandons the script.</param>
    public static async Task<TranscriptResult> RunAsync(
        Transcript transcript, IDialogueServer server, TimeSpan patience, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        ArgumentNullException.ThrowIfNull(server);
        var runner = new TranscriptRunner(transcript, server, patience);
        var failure = await runner.PlayAsync(cancellation);
        var parting = await runner.DisconnectAllAsync();
        return new TranscriptResult(transcript.File, failure ?? parting);
    }

    private async Task<string?> PlayAsync(CancellationToken cancellation)
    {
        foreach (var step in transcript.Steps)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(patience);
            if (await TryAsync(step, limit.Token) is { } failure)
                return Placed(step.Line, failure);
        }

        using var last = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        last.CancelAfter(patience);
        return transcript.IsComplete ? await TryEndAsync(last.Token) : null;
    }

    private async Task<string?> TryAsync(Step step, CancellationToken cancellation)
    {
        try
        {
            return await PlayAsync(step, cancellation);
        }
        catch (OperationCanceledException)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{step.Character} waited {patience.TotalSeconds} s in vain");
        }
        catch (Exception e) when (e is DialogueEndedException or IOException or XmlException or KeyNotFoundException)
        {
            return $"{step.Character}: {e.Message}";
        }
    }

    private async Task<string?> TryEndAsync(CancellationToken cancellation)
    {
        foreach (var name in connected)
        {
            var end = new ReceiveNothingStep(name, transcript.Steps.Count == 0 ? 1 : transcript.Steps[^1].Line);
            if (await TryAsync(end, cancellation) is { } failure)
                return Placed(end.Line, "after the last step, " + failure);
        }

        return null;
    }

    private Task<string?> PlayAsync(Step step, CancellationToken cancellation) => step switch
    {
        ConnectStep connect => ConnectAsync(connect, cancellation),
        DisconnectStep disconnect => DisconnectAsync(disconnect, cancellation),
        SendStep send => SendAsync(send, cancellation),
        ReceiveStep receive when transcript.IsComplete => ReceiveNextAsync(receive, cancellation),
        ReceiveStep receive => ReceiveMatchingAsync(receive, cancellation),
        ReceiveNothingStep nothing => ReceiveNothingAsync(nothing, cancellation),
        _ => throw new InvalidOperationException($"{step.GetType().Name} is not played"),
    };

    private async Task<string?> ConnectAsync(ConnectStep step, CancellationToken cancellation)
    {
        if (clients.ContainsKey(step.Character))
            return $"{step.Character} is connected already";
        var character = transcript.CharacterNamed(step.Character);
        var login = new DialogueLogin(
            character.BareJid,
            character.Password,
            character.Resource,
            character.Properties.GetValueOrDefault("connect_host"),
            character.Properties.TryGetValue("connect_port", out var port) ? int.Parse(port, CultureInfo.InvariantCulture) : null);
        var client = await server.ConnectAsync(login, cancellation);
        clients.Add(step.Character, client);
        connected.Add(step.Character);
        variables.Connected(step.Character, client.FullJid);
        return null;
    }

    private async Task<string?> DisconnectAsync(DisconnectStep step, CancellationToken cancellation)
    {
        if (transcript.IsComplete && await ReceiveNothingAsync(new ReceiveNothingStep(step.Character, step.Line), cancellation) is { } unlisted)
            return unlisted;
        var client = ClientOf(step);
        clients.Remove(step.Character);
        connected.Remove(step.Character);
        await client.DisposeAsync();
        return null;
    }

    private async Task<string?> SendAsync(SendStep step, CancellationToken cancellation)
    {
        var xml = variables.Fill(step.Xml);
        if (StanzaText.Parse(xml).Attribute("to")?.Value.Split('/', 2)[0] is { Length: > 0 } address)
            addressed.Add(address);
        await ClientOf(step).SendAsync(xml, cancellation);
        return null;
    }

    /// <summary>Scansion's way: stanzas that do not match are passed over until one does.</summary>
    private async Task<string?> ReceiveMatchingAsync(ReceiveStep step, CancellationToken cancellation)
    {
        var expected = StanzaText.Parse(variables.Fill(step.Xml));
        var passedOver = new List<string>();
        try
        {
            while (true)
            {
                var received = await ClientOf(step).ReceiveAsync(cancellation);
                if (Take(expected, received) is not { } mismatch)
                    return null;
                passedOver.Add($"received:\n{Indented(received)}\n  differs at {mismatch}");
            }
        }
        catch (Exception e) when (e is OperationCanceledException or DialogueEndedException)
        {
            var seen = passedOver.Count == 0 ? "received nothing" : string.Join("\n  ", passedOver);
            return $"{step.Character} did not receive what was expected ({e.Message}); expected:\n{Indented(expected)}\n  {seen}";
        }
    }

    private async Task<string?> ReceiveNextAsync(ReceiveStep step, CancellationToken cancellation)
    {
        var expected = StanzaText.Parse(variables.Fill(step.Xml));
        XElement received;
        try
        {
            received = await ClientOf(step).ReceiveAsync(cancellation);
        }
        catch (Exception e) when (e is OperationCanceledException or DialogueEndedException)
        {
            return $"{step.Character} received nothing ({e.Message}); expected:\n{Indented(expected)}";
        }

        return Take(expected, received) is { } mismatch
            ? $"{step.Character} received another stanza; it differs at {mismatch}\n  expected:\n{Indented(expected)}\n  received:\n{Indented(received)}"
            : null;
    }

    private async Task<string?> ReceiveNothingAsync(ReceiveNothingStep step, CancellationToken cancellation)
    {
        var client = ClientOf(step);
        foreach (var other in connected.Where(name => name != step.Character))
            await clients[other].SettleAsync(addressed, cancellation);
        await client.SettleAsync(addressed, cancellation);
        return client.TryReceive(out var received) ? $"{step.Character} received what is not listed:\n{Indented(received!)}" : null;
    }

    private Mismatch? Take(XElement expected, XElement received)
    {
        var mismatch = StanzaMatcher.Compare(expected, received, out var captures);
        foreach (var (name, value) in captures)
            variables.Capture(name, value);
        return mismatch;
    }

    private IDialogueClient ClientOf(Step step) =>
        clients.TryGetValue(step.Character, out var client) ? client : throw new KeyNotFoundException("not connected");

    private async Task<string?> DisconnectAllAsync()
    {
        string? failure = null;
        foreach (var name in connected)
        {
            try
            {
                await clients[name].DisposeAsync();
            }
            catch (Exception e) when (e is IOException or DialogueEndedException or OperationCanceledException)
            {
                failure ??= $"{transcript.File}: {name} could not disconnect: {e.Message}";
            }
        }

        return failure;
    }

    private string Placed(int line, string failure) =>
        string.Create(CultureInfo.InvariantCulture, $"{transcript.File}:{line}: {failure}");

    private static string Indented(XElement stanza)
    {
        var tidy = new XElement(stanza);
        tidy.DescendantNodes().OfType<XText>().Where(text => string.IsNullOrWhiteSpace(text.Value)).ToList().ForEach(text => text.Remove());
        return string.Join('\n', tidy.ToString().Split('\n').Select(line => "    " + line.TrimEnd()));
    }
}
