using MucGen.Simulation.Kills;
using MucGen.Transcripts.Running;
using MucGen.Transcripts.Tcp;

namespace MucGen.Simulation;

/// <summary>What came of killing the daemon again and again.</summary>
/// <param name="Kills">How often.</param>
/// <param name="Acknowledgements">How many changes had been acknowledged in all.</param>
/// <param name="LostMessages">How many ordinary messages were reflected, or on their way, and are not in the history.</param>
/// <param name="Problems">What was acknowledged and is not there, or that the daemon does not answer.</param>
public sealed record KillReport(int Kills, int Acknowledgements, int LostMessages, IReadOnlyList<string> Problems);

/// <summary>
/// The real daemon under load of real clients, killed at random moments: every change that a client saw acknowledged must be there when the
/// daemon serves the same data again.
/// </summary>
public static class KillTrial
{
    private const int Keepers = 4;
    private const int LongestLife = 1500; // ms

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Kills the daemon so many times.</summary>
    /// <param name="kills">How often.</param>
    /// <param name="seed">Of what clients do, and of when the daemon dies.</param>
    public static async Task<KillReport> RunAsync(int kills, int seed = 1)
    {
        var folder = Directory.CreateTempSubdirectory("mucgen-kills-").FullName;
        var random = new Random(seed);
        var keepers = Enumerable.Range(0, Keepers).Select(number => new RoomKeeper(number, seed + number)).ToArray();
        var problems = new List<string>();
        var life = 0;
        try
        {
            await using var daemon = new DaemonProcess(folder);
            for (; life <= kills; life++)
            {
                await daemon.StartAsync();
                await LiveAsync(daemon, keepers, life < kills ? random.Next(LongestLife) : 0, problems, isFirst: life == 0);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or TimeoutException)
        {
            problems.Add(FormattableString.Invariant($"After {life} kills the daemon does not answer within {Patience}."));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        return new KillReport(Math.Min(life, kills), keepers.Sum(static keeper => keeper.Ledger.Acknowledgements), keepers.Sum(static keeper => keeper.LostMessages), problems);
    }

    /// <summary>One life of the daemon: the clients enter, look whether all is there, and change things until it dies.</summary>
    private static async Task LiveAsync(DaemonProcess daemon, RoomKeeper[] keepers, int milliseconds, List<string> problems, bool isFirst)
    {
        using var limit = new CancellationTokenSource(Patience);
        await using var server = new TcpDialogueServer(daemon.Tcp);
        var clients = new List<IDialogueClient>();
        foreach (var keeper in keepers)
        {
            var client = await server.ConnectAsync(keeper.Login, limit.Token);
            clients.Add(client);
            await keeper.EnterAsync(client, limit.Token);
            if (!isFirst)
                problems.AddRange(await keeper.CheckAsync(client, limit.Token));
        }
        var work = keepers.Zip(clients, (keeper, client) => keeper.WorkAsync(client, limit.Token)).ToArray();
        await Task.Delay(milliseconds, limit.Token);
        await daemon.KillAsync();
        await Task.WhenAll(work);
        foreach (var client in clients)
            await client.DisposeAsync();
    }
}
