using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Server.Accounts;

/// <summary>One request to the served domain itself.</summary>
[DispatchContext]
public sealed class DomainTurn : ServerTurn
{
    private readonly List<Range> answers = [];

    /// <summary>Begins a turn about a stanza.</summary>
    public DomainTurn(AccountServices services, Stanza stanza, Jid from, Jid? to)
    {
        Services = services;
        Begin(stanza, from, to, null);
    }

    /// <inheritdoc/>
    public override AccountServices Services { get; }

    /// <summary>The answers, in order.</summary>
    public IReadOnlyList<Range> Answers => answers;

    /// <inheritdoc/>
    protected override void Answer(Range composed) => answers.Add(composed);
}
