using System.Collections;
using System.Collections.Frozen;
using System.Text;
using MucGen.Server.Storage;
using MucGen.Xml;

namespace MucGen.Server.Commands;

/// <summary>
/// The admins of the service, by bare JID: those of the configuration, whom no command can remove, and those that admins have added (XEP-0133 4.29), who
/// are kept. Thread-safe; a change holds at once, for rooms as well.
/// </summary>
public sealed class AdminSet : IReadOnlySet<Jid>
{
    private const string Name = "admins";

    private readonly IValueStore values;
    private volatile FrozenSet<Jid> all;

    private AdminSet(IReadOnlySet<Jid> configured, IEnumerable<Jid> added, IValueStore values)
    {
        Configured = configured;
        this.values = values;
        all = configured.Concat(added).ToFrozenSet();
    }

    /// <summary>Those that the operator has named.</summary>
    public IReadOnlySet<Jid> Configured { get; }

    /// <inheritdoc/>
    public int Count => all.Count;

    /// <summary>The list as configuration and store have it.</summary>
    public static async Task<AdminSet> LoadAsync(IEnumerable<Jid> configured, IValueStore values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var stored = await values.FindAsync(Name);
        var added = stored is null ? [] : Encoding.UTF8.GetString(stored).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Jid.Parse);
        return new AdminSet(configured.ToHashSet(), added, values);
    }

    /// <summary>Replaces those that were added; returns when they are on disk.</summary>
    public async Task SetAsync(IReadOnlyCollection<Jid> admins)
    {
        var added = admins.Where(admin => !Configured.Contains(admin)).Select(admin => admin.ToString());
        await values.SetAsync(Name, Encoding.UTF8.GetBytes(string.Join('\n', added)));
        all = Configured.Concat(admins).ToFrozenSet();
    }

    /// <inheritdoc/>
    public bool Contains(Jid item) => all.Contains(item);

    /// <inheritdoc/>
    public bool IsProperSubsetOf(IEnumerable<Jid> other) => all.IsProperSubsetOf(other);

    /// <inheritdoc/>
    public bool IsProperSupersetOf(IEnumerable<Jid> other) => all.IsProperSupersetOf(other);

    /// <inheritdoc/>
    public bool IsSubsetOf(IEnumerable<Jid> other) => all.IsSubsetOf(other);

    /// <inheritdoc/>
    public bool IsSupersetOf(IEnumerable<Jid> other) => all.IsSupersetOf(other);

    /// <inheritdoc/>
    public bool Overlaps(IEnumerable<Jid> other) => all.Overlaps(other);

    /// <inheritdoc/>
    public bool SetEquals(IEnumerable<Jid> other) => all.SetEquals(other);

    /// <inheritdoc/>
    public IEnumerator<Jid> GetEnumerator() => all.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
