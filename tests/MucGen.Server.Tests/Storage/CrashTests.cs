using System.Diagnostics;
using System.Globalization;
using System.Text;
using MucGen.Rooms.Journal;

namespace MucGen.Server.Tests.Storage;

/// <summary>What was acknowledged survives a process that is killed in the middle of writing.</summary>
public sealed class CrashTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(400)]
    public async Task Every_acknowledged_append_is_there_after_kill_9(int acknowledgementsBeforeTheEnd)
    {
        var acknowledged = await WriteAndKillAsync(acknowledgementsBeforeTheEnd);

        // The lock went with the process, and the file is whole.
        using var store = temporary.Open();
        for (var number = 0; number < JournalWriter.Rooms; number++)
        {
            if (acknowledged[number] < 0)
                continue;
            var stored = await store.Rooms.LoadAsync(JournalWriter.AddressOf(number), default);
            var messages = stored!.Events.OfType<MessageRelayed>().Select(message => Encoding.UTF8.GetString(message.Payload.Bytes)).ToList();
            Assert.InRange(messages.Count, acknowledged[number] + 1, int.MaxValue);
            Assert.Equal(Enumerable.Range(0, messages.Count).Select(RoomJournalTests.MessageText), messages);
        }
    }

    [Fact]
    public async Task The_next_process_goes_on_where_the_killed_one_was()
    {
        await WriteAndKillAsync(20);
        await WriteAndKillAsync(20);
        using var store = temporary.Open();
        var stored = await store.Rooms.LoadAsync(JournalWriter.AddressOf(0), default);
        Assert.Equal(2, stored!.Events.OfType<RoomCreated>().Count());
    }

    public void Dispose() => temporary.Dispose();

    private async Task<int[]> WriteAndKillAsync(int acknowledgements)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            ArgumentList = { "exec", typeof(CrashTests).Assembly.Location, "write-journal", temporary.Path },
        };
        if (!Path.GetFileNameWithoutExtension(start.FileName).Equals("dotnet", StringComparison.Ordinal))
            start.FileName = "dotnet";
        using var process = Process.Start(start)!;
        var last = Enumerable.Repeat(-1, JournalWriter.Rooms).ToArray();
        for (var read = 0; await process.StandardOutput.ReadLineAsync() is { } line; read++)
        {
            var parts = line.Split(' ');
            last[int.Parse(parts[0], CultureInfo.InvariantCulture)] = int.Parse(parts[1], CultureInfo.InvariantCulture);
            if (read == acknowledgements)
                process.Kill();
        }

        await process.WaitForExitAsync();
        return last;
    }
}
