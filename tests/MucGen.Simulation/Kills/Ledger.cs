namespace MucGen.Simulation.Kills;

/// <summary>
/// What one client has changed: of each thing the last value that was acknowledged, and the one that was asked for last. After a crash the
/// first must be there, unless the second is.
/// </summary>
internal sealed class Ledger
{
    private readonly SortedDictionary<string, (string? Acknowledged, string? Asked)> entries = new(StringComparer.Ordinal);

    /// <summary>How many acknowledgements there were.</summary>
    public int Acknowledgements { get; private set; }

    /// <summary>The things that were ever changed.</summary>
    public IReadOnlyCollection<string> Things => entries.Keys;

    /// <summary>A change is on its way.</summary>
    /// <param name="thing">Of what.</param>
    /// <param name="value">What it shall be.</param>
    /// <param name="before">What it is when it was never changed.</param>
    public void Ask(string thing, string value, string? before) =>
        entries[thing] = (entries.TryGetValue(thing, out var entry) ? entry.Acknowledged : before, value);

    /// <summary>The change that was asked for is acknowledged. Says whether it was one at all.</summary>
    public bool Acknowledge(string thing)
    {
        var (acknowledged, asked) = entries[thing];
        entries[thing] = (asked, asked);
        Acknowledgements++;
        return asked != acknowledged;
    }

    /// <summary>A thing is looked at no more.</summary>
    public void Forget(string thing) => entries.Remove(thing);

    /// <summary>What is found after a crash: null when that may be, and it counts from now on; otherwise what is wrong.</summary>
    public string? Find(string thing, string? value)
    {
        var (acknowledged, asked) = entries[thing];
        if (value != acknowledged && value != asked)
            return $"{thing} is '{value}'; acknowledged was '{acknowledged}', asked for '{asked}'";
        entries[thing] = (value, value);
        return null;
    }
}
