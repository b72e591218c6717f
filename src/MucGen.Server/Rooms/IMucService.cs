using MucGen.Xml;

namespace MucGen.Server.Rooms;

/// <summary>The MUC service itself, at its bare address (XEP-0045 section 6).</summary>
internal interface IMucService
{
    /// <summary>Takes a stanza for the service. The caller keeps its lease.</summary>
    ValueTask TakeAsync(Stanza stanza, Jid from, Jid to, CancellationToken cancellationToken);
}
