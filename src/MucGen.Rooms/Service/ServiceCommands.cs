using MucGen.Protocol;

namespace MucGen.Rooms.Service;

/// <summary>The commands of the service (XEP-0050). One line here makes a command known, to discovery too.</summary>
[Feature("http://jabber.org/protocol/commands")]
public static class ServiceCommands
{
    /// <summary>All of them, in the order in which they are listed.</summary>
    public static CommandList<ServiceTurn> All { get; } = new();

    /// <summary>Takes a stage of a command.</summary>
    [OnIq(IqType.Set)]
    public static void Execute(ServiceTurn turn, CommandView command) => All.Execute(turn, command);
}
