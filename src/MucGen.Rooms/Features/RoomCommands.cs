using MucGen.Protocol;

namespace MucGen.Rooms.Features;

/// <summary>The commands of a room (XEP-0050). One line here makes a command known, to discovery too.</summary>
[Feature("http://jabber.org/protocol/commands")]
public static class RoomCommands
{
    /// <summary>All of them, in the order in which they are listed.</summary>
    public static CommandList<RoomTurn> All { get; } = new(
        new BanCommand(), new MuteCommand(), new SanctionsCommand(), new LiftCommand(), new Purge(),
        new CreateHat(), new DestroyHat(), new ListHats(), new AssignHat(), new UnassignHat(), new ListAssignedHats());

    /// <summary>Takes a stage of a command.</summary>
    [OnIq(IqType.Set)]
    public static void Execute(RoomTurn turn, CommandView command) => All.Execute(turn, command);
}
