using MucGen.Xml;

namespace MucGen.Simulation.Engine;

/// <summary>
/// Everything that could run next, on one thread: rooms that have something to do, and whatever goes on after a wait. The seed picks, so that
/// rooms and clients overtake each other in every way that threads could.
/// </summary>
internal sealed class SimulatedScheduler : SynchronizationContext
{
    private readonly List<(string Key, Action Work)> ready = [];

    /// <summary>How much is ready to run.</summary>
    public int Count => ready.Count;

    /// <summary>A room has something to do.</summary>
    /// <remarks>Kept in the order of names: hash tables, whose order differs from process to process, decide nothing.</remarks>
    public void Queue(Jid room, IThreadPoolWorkItem work)
    {
        var key = room.ToString();
        var at = ready.FindIndex(other => string.CompareOrdinal(other.Key, key) > 0);
        ready.Insert(at < 0 ? ready.Count : at, (key, work.Execute));
    }

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state) => ready.Add(("~", () => d(state)));

    /// <summary>Nobody will do any of it.</summary>
    public void Clear() => ready.Clear();

    /// <summary>Runs one of them.</summary>
    public void RunOne(Random random)
    {
        var at = random.Next(ready.Count);
        var work = ready[at].Work;
        ready.RemoveAt(at);
        work();
    }
}
