using MucGen.Protocol;
using MucGen.Server.Accounts;

namespace MucGen.Server.Commands;

/// <summary>The commands of the served domain (XEP-0050). One line here makes a command known, to discovery too.</summary>
[Feature("http://jabber.org/protocol/commands")]
public static class DomainCommands
{
    /// <summary>All of them, in the order in which they are listed.</summary>
    public static CommandList<DomainTurn> All { get; } = new(
        new AddUser(),
        new DeleteUser(),
        new DisableUser(),
        new ReenableUser(),
        new EndUserSession(),
        new ChangeUserPassword(),
        new GetUserRoster(),
        new GetUserLastLogin(),
        new GetUserStats(),
        new CountUsers(UserGroup.Registered),
        new CountUsers(UserGroup.Disabled),
        new CountUsers(UserGroup.Online),
        new CountUsers(UserGroup.Active),
        new CountUsers(UserGroup.Idle),
        new ListUsers(UserGroup.Registered),
        new ListUsers(UserGroup.Disabled),
        new ListUsers(UserGroup.Online),
        new ListUsers(UserGroup.Active),
        new ListUsers(UserGroup.Idle),
        new Announce(),
        new SetMotd(),
        new EditMotd(),
        new DeleteMotd(),
        new SetWelcome(),
        new DeleteWelcome(),
        new EditAdmins(),
        StopService.AndStart,
        StopService.ForGood);

    /// <summary>Takes a stage of a command.</summary>
    [OnIq(IqType.Set)]
    public static void Execute(DomainTurn turn, CommandView command) => All.Execute(turn, command);
}
