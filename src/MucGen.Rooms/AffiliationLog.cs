using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>One change of the lists of affiliations.</summary>
/// <param name="BareJid">Whose affiliation changed.</param>
/// <param name="Was">What it was before.</param>
public sealed record AffiliationStep(Jid BareJid, MucAffiliation Was);

/// <summary>
/// Counts the changes of a room's lists of affiliations and remembers the last of them, so that whoever knows an earlier version is told what is new since
/// and no more (XEP-0463). Changes of nicks and reasons are none.
/// </summary>
public sealed class AffiliationLog
{
    /// <summary>The most changes that are remembered.</summary>
    public const int Most = 1000;

    private readonly Queue<AffiliationStep> steps = new();

    /// <summary>How many changes there were since the room was created.</summary>
    public long Version { get; private set; }

    /// <summary>The last changes, oldest first.</summary>
    public IReadOnlyCollection<AffiliationStep> Steps => steps;

    /// <summary>Whether everything is known that changed since this version.</summary>
    public bool Knows(long version) => version <= Version && version >= Version - steps.Count;

    /// <summary>Who changed since a version that is known, with what they were then: each once.</summary>
    public IEnumerable<AffiliationStep> Since(long version) =>
        steps.Skip(steps.Count - checked((int)(Version - version))).DistinctBy(step => step.BareJid);

    internal void Add(Jid bareJid, MucAffiliation was)
    {
        if (steps.Count == Most)
            steps.Dequeue();
        steps.Enqueue(new AffiliationStep(bareJid, was));
        Version++;
    }

    /// <summary>Makes all former versions unknown: those who had them may have seen less of the lists than they may now.</summary>
    internal void Forget()
    {
        steps.Clear();
        Version++;
    }

    internal void Restore(long version, IEnumerable<AffiliationStep> last)
    {
        Version = version;
        foreach (var step in last)
            steps.Enqueue(step);
    }

    internal void Clear()
    {
        steps.Clear();
        Version = 0;
    }
}
