using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>
/// How much had been said when those who belong to the room were last in it (XEP-0437), by <see cref="MessageActivity.Total"/>. Only members, admins and owners
/// are in here; who was never in the room has heard nothing.
/// </summary>
public sealed class HeardMessages
{
    private readonly Dictionary<Jid, long> heard = [];

    /// <summary>Everybody who was here, in no order.</summary>
    public IReadOnlyDictionary<Jid, long> All => heard;

    /// <summary>How much this person has heard.</summary>
    public long Of(Jid bareJid) => heard.GetValueOrDefault(bareJid);

    internal void Set(Jid bareJid, long total) => heard[bareJid] = total;

    internal void Forget(Jid bareJid) => heard.Remove(bareJid);

    internal void Clear() => heard.Clear();
}
