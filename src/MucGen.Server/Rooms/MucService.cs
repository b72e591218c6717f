using Microsoft.Extensions.Logging;
using MucGen.Rooms;
using MucGen.Rooms.Service;
using MucGen.Server.Sessions;
using MucGen.Xml;

namespace MucGen.Server.Rooms;

/// <summary>The MUC service at its own address: it answers at once or leaves what takes long to others, so one turn behind a lock serves all who ask.</summary>
internal sealed class MucService(
    ServicePolicy policy,
    IRoomDirectory directory,
    SessionTable sessions,
    AccountDelivery accounts,
    RoomActivityWatch activity,
    TimeProvider time,
    ILogger<RoomHost> log) : IMucService
{
    private readonly Lock gate = new();
    private readonly ServiceTurn turn = new(policy, directory);

    /// <inheritdoc/>
    public ValueTask TakeAsync(Stanza stanza, Jid from, Jid to, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            turn.Begin(stanza, from, to, time.GetUtcNow());
            ServiceRules.Decide(turn);
            foreach (var (payload, recipient) in turn.Deliveries)
                using (payload)
                    Deliver(payload, recipient);
            turn.Deliveries.Clear();
            if (turn.Activity == ActivityWish.Subscribe)
                activity.Subscribe(from);
            else if (turn.Activity == ActivityWish.Unsubscribe)
                activity.Unsubscribe(from);
            if (turn.Pending is { } pending)
                _ = Task.Run(() => CompleteAsync(pending), CancellationToken.None);
        }
        return default;
    }

    /// <summary>What takes long goes on beside the service, which does not wait for it.</summary>
    private async Task CompleteAsync(ServiceReply pending)
    {
        using (pending)
        {
            Delivery answer;
            try
            {
                answer = await pending.CompleteAsync();
            }
            catch (Exception error)
            {
                log.ServiceFailed(error);
                answer = pending.Fail();
            }

            using (answer.Payload)
                Deliver(answer.Payload, answer.To);
        }
    }

    private void Deliver(Payload payload, Jid to)
    {
        if (!sessions.TryFind(to, out var session))
        {
            accounts.Deliver(payload, to);
            return;
        }
        session.Outbox.TryAppend(payload.Head, to.EscapedUtf8, payload.Tail, out var becameDirty);
        if (becameDirty)
            session.Outbox.Flush();
    }
}
