using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Server.Accounts;

/// <summary>One request to the served domain itself.</summary>
[DispatchContext]
public sealed class DomainTurn : ServerTurn, ICommandTurn
{
    private readonly List<Range> answers = [];

    /// <summary>Begins a turn about a stanza.</summary>
    public DomainTurn(AccountServices services, Stanza stanza, Jid from, Jid to)
    {
        Services = services;
        Begin(stanza, from, to, null);
    }

    /// <inheritdoc/>
    public override AccountServices Services { get; }

    /// <inheritdoc/>
    public DateTimeOffset Now => Services.Time.GetUtcNow();

    /// <inheritdoc/>
    Jid ICommandTurn.CommandAddress => To!;

    /// <inheritdoc/>
    ReadOnlySpan<byte> ICommandTurn.CommandSecret => Services.Commands.Secret;

    /// <summary>The answers, in order.</summary>
    public IReadOnlyList<Range> Answers => answers;

    /// <inheritdoc/>
    public void Answer(IqAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (answer.Content is { } content)
        {
            var writer = StartResult();
            content(ref writer);
            EndResult(ref writer);
        }
        else
        {
            Refuse(answer);
        }
    }

    /// <inheritdoc/>
    public void AnswerLater(Func<Task<IqAnswer>> work) => Later(async reply => reply.Answer(await work()));

    /// <inheritdoc/>
    void ICommandTurn.NextCommandId(Span<byte> id) => Services.Commands.NextId(id);

    /// <inheritdoc/>
    bool ICommandTurn.HasEnded(string sessionId) => Services.Commands.HasEnded(sessionId);

    /// <inheritdoc/>
    void ICommandTurn.End(string sessionId) => Services.Commands.End(sessionId, Now);

    /// <inheritdoc/>
    protected override void Answer(Range composed) => answers.Add(composed);
}
