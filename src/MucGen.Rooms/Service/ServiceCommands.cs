using MucGen.Protocol;

namespace MucGen.Rooms.Service;

/// <summary>The commands of the service (XEP-0050): those that the host gives it, for what they do is the host's.</summary>
[Feature("http://jabber.org/protocol/commands")]
public static class ServiceCommands
{
    /// <summary>Takes a stage of a command.</summary>
    [OnIq(IqType.Set)]
    public static void Execute(ServiceTurn turn, CommandView command) => turn.Policy.Commands.Execute(turn, command);
}
