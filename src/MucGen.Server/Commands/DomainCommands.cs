using MucGen.Protocol;
using MucGen.Server.Accounts;

namespace MucGen.Server.Commands;

/// <summary>The commands of the served domain (XEP-0050). One line here makes a command known, to discovery too.</summary>
[Feature("http://jabber.org/protocol/commands")]
public static class DomainCommands
{
    /// <summary>All of them, in the order in which they are listed.</summary>
    public static CommandList<DomainTurn> All { get; } = new();

    /// <summary>Takes a stage of a command.</summary>
    [OnIq(IqType.Set)]
    public static void Execute(DomainTurn turn, CommandView command) => All.Execute(turn, command);
}
