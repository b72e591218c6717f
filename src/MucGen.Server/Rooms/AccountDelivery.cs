using Microsoft.Extensions.Logging;
using MucGen.Rooms;
using MucGen.Server.Sessions;
using MucGen.Xml;

namespace MucGen.Server.Rooms;

/// <summary>Brings what rooms send to people, not to sessions (invitations, for one), to the router.</summary>
/// <remarks>
/// The actor does not wait for it: an account may answer to the very room, whose mailbox may be full, and both would wait for ever.
/// </remarks>
internal sealed class AccountDelivery(NameTable names, Lazy<IStanzaRouter> router, ILogger<AccountDelivery> log)
{
    /// <summary>Sends a copy of a payload to a bare address.</summary>
    public void Deliver(Payload payload, Jid to)
    {
        using var bytes = new PooledBufferWriter(payload.LengthTo(to));
        payload.WriteTo(to, bytes);
        if (Stanza.TryRead(bytes.WrittenSpan, names, XmlLimits.Default, StreamNamespaces.Client, out var stanza, out _))
            _ = SendAsync(stanza, payload.From!, to);
    }

    private async Task SendAsync(Stanza stanza, Jid from, Jid to)
    {
        try
        {
            using (stanza)
                await router.Value.SendAsync(stanza, from, to, CancellationToken.None);
        }
        catch (Exception error)
        {
            log.DeliveryFailed(error, to);
        }
    }
}
