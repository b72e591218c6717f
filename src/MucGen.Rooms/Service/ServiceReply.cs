using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Rooms.Service;

/// <summary>An answer of the service that waits for something else. It holds the request until it is disposed of.</summary>
public sealed class ServiceReply : IDisposable
{
    private readonly Stanza request;
    private readonly Jid from;
    private readonly Jid to;
    private readonly Jid service;
    private readonly Func<Task<IqAnswer>> work;

    internal ServiceReply(Stanza request, Jid from, Jid to, Jid service, Func<Task<IqAnswer>> work)
    {
        this.request = request.Retain();
        this.from = from;
        this.to = to;
        this.service = service;
        this.work = work;
    }

    /// <summary>Does the work and composes the answer, which the caller delivers and disposes of.</summary>
    public async Task<Delivery> CompleteAsync() => Deliver(await work());

    /// <summary>Composes the answer of work that failed.</summary>
    public Delivery Fail() => Deliver(IqAnswer.Error(StanzaErrorCondition.InternalServerError));

    /// <inheritdoc/>
    public void Dispose() => request.Dispose();

    /// <summary>Composes an answer; null when the stanza must not be answered.</summary>
    internal static Payload? Compose(in ElementView request, Jid to, Jid service, IqAnswer answer)
    {
        if (answer.Content is not { } content)
            return ErrorReply.Compose(request, to, service, answer.Condition, answer.Type, answer.Text, answer.Detail);
        var payload = IqResult.Start(request, to, out var writer);
        content(ref writer);
        IqResult.End(payload, to, ref writer);
        return payload;
    }

    // Only requests get here, and they may be answered.
    private Delivery Deliver(IqAnswer answer) => new(Compose(request.Root, to, service, answer)!, from);
}
