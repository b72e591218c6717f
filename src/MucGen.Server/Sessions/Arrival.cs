using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Server.Sessions;

/// <summary>What a stanza gets on its arrival at an account, and what nobody else may have put into it.</summary>
/// <param name="Account">The account, in whose name nobody else gives ids (XEP-0359 3).</param>
/// <param name="ArchiveId">The id of a message in the account's archive; null when it is not there.</param>
/// <param name="KeptBy">The domain that lets it wait for somebody to take it; null when it does not wait.</param>
/// <param name="KeptAt">Since when it waits (XEP-0203).</param>
internal readonly record struct Arrival(Jid Account, string? ArchiveId = null, string? KeptBy = null, DateTimeOffset KeptAt = default)
{
    /// <summary>Whether a child claims to be what only this account, or this server, writes.</summary>
    public bool Forbids(in ElementView child) => child.Key switch
    {
        StanzaIdView.Key => Jid.TryParse(child.Attribute("by"u8), out var by, out _) && by.Equals(Account),
        DelayView.Key => KeptBy is not null && Jid.TryParse(child.Attribute("from"u8), out var from, out _) && from.Domain == KeptBy,
        _ => false,
    };

    /// <summary>Writes what the stanza gets.</summary>
    public void WriteMarks(ref XmppWriter writer)
    {
        if (ArchiveId is not null)
            StanzaIdWriter.Write(ref writer, id: ArchiveId, by: Account);
        if (KeptBy is not null)
            DelayWriter.Write(ref writer, stamp: KeptAt, from: KeptBy);
    }
}
