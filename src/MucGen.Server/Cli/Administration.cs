using MucGen.Server.Accounts;
using MucGen.Server.Configuration;
using MucGen.Server.Rooms;
using MucGen.Server.Storage;
using MucGen.Xml;

namespace MucGen.Server.Cli;

/// <summary>The commands of the command line: one implementation for the running daemon and for a folder without one.</summary>
public sealed class Administration(
    MucGenOptions options, AccountRegistry accounts, IAccountDeletion deletion, ICredentialStore credentials, IRoomAdministration rooms)
{
    /// <summary>Does what is asked. A failure the operator can cause is an answer, not an exception.</summary>
    public async Task<AdminReply> ExecuteAsync(AdminRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await CarryOutAsync(request, cancellationToken);
        }
        catch (RoomFailedException failure)
        {
            return AdminReply.Failed($"{failure.Message} It is as it was before; the log says why.");
        }
    }

    private async Task<AdminReply> CarryOutAsync(AdminRequest request, CancellationToken cancellationToken) => request.Command switch
    {
        AdminCommand.UserAdd => await AddUserAsync(request, cancellationToken),
        AdminCommand.UserPasswd => await SetPasswordAsync(request, cancellationToken),
        AdminCommand.UserList => await ListUsersAsync(cancellationToken),
        AdminCommand.UserDelete => await DeleteUserAsync(request, cancellationToken),
        AdminCommand.RoomList => await ListRoomsAsync(cancellationToken),
        AdminCommand.RoomShow => await ShowRoomAsync(request, cancellationToken),
        AdminCommand.RoomDestroy => await DestroyRoomAsync(request, cancellationToken),
        _ => AdminReply.Failed($"This mucgen does not know the command {request.Command}."),
    };

    private async Task<AdminReply> AddUserAsync(AdminRequest request, CancellationToken cancellationToken)
    {
        if (!TryReadAccount(request.Address, out var account, out var problem))
            return problem;
        return await accounts.CreateAsync(account, request.Password ?? "", cancellationToken) switch
        {
            AccountChange.Done => AdminReply.Done($"Created {account}."),
            AccountChange.AlreadyThere => AdminReply.Failed($"{account} exists already. Use `mucgen user passwd {account}` to change its password."),
            AccountChange.BadPassword => BadPassword(request),
            _ => NoSuchUser(account),
        };
    }

    private async Task<AdminReply> SetPasswordAsync(AdminRequest request, CancellationToken cancellationToken)
    {
        if (!TryReadAccount(request.Address, out var account, out var problem))
            return problem;
        return await accounts.SetPasswordAsync(account, request.Password ?? "", cancellationToken) switch
        {
            AccountChange.Done => AdminReply.Done($"Changed the password of {account}."),
            AccountChange.BadPassword => BadPassword(request),
            _ => NoSuchUser(account),
        };
    }

    private async Task<AdminReply> ListUsersAsync(CancellationToken cancellationToken)
    {
        var all = await credentials.ListAsync(cancellationToken);
        return AdminReply.Done([.. all.Select(account => account.ToString())]);
    }

    private async Task<AdminReply> DeleteUserAsync(AdminRequest request, CancellationToken cancellationToken)
    {
        if (!TryReadAccount(request.Address, out var account, out var problem))
            return problem;
        return await deletion.DeleteAsync(account, cancellationToken)
            ? AdminReply.Done($"Deleted {account}.")
            : NoSuchUser(account);
    }

    private async Task<AdminReply> ListRoomsAsync(CancellationToken cancellationToken)
    {
        var all = await rooms.ListAsync(cancellationToken);
        return AdminReply.Done([.. all.Select(Describe)]);
    }

    private async Task<AdminReply> ShowRoomAsync(AdminRequest request, CancellationToken cancellationToken)
    {
        if (!TryReadRoom(request.Address, out var room, out var problem))
            return problem;
        var lines = await rooms.ShowAsync(room, cancellationToken);
        return lines is null ? NoSuchRoom(room) : AdminReply.Done(lines);
    }

    private async Task<AdminReply> DestroyRoomAsync(AdminRequest request, CancellationToken cancellationToken)
    {
        if (!TryReadRoom(request.Address, out var room, out var problem))
            return problem;
        Jid? alternate = null;
        if (request.Alternate is { Length: > 0 } text && !Jid.TryParse(text, out alternate, out var fault))
            return AdminReply.Failed($"The alternate room \"{text}\" is no address ({fault}).");
        return await rooms.DestroyAsync(room, request.Reason, alternate, cancellationToken)
            ? AdminReply.Done($"Destroyed {room}.")
            : NoSuchRoom(room);
    }

    private static string Describe(RoomListing room)
    {
        var kind = room.IsPersistent ? "persistent" : "temporary";
        var listed = room.IsListed ? "public" : "hidden";
        return room.Name is { Length: > 0 } name ? $"{room.Address}\t{kind}\t{listed}\t{name}" : $"{room.Address}\t{kind}\t{listed}";
    }

    private static AdminReply BadPassword(AdminRequest request)
    {
        SaslPrep.TryPrepare(request.Password ?? "", out _, out var fault);
        return AdminReply.Failed(SaslPrep.Explain(fault));
    }

    private static AdminReply NoSuchUser(Jid account) =>
        AdminReply.Failed($"There is no account {account}. `mucgen user list` shows all.");

    private static AdminReply NoSuchRoom(Jid room) =>
        AdminReply.Failed($"There is no room {room}. `mucgen room list` shows all.");

    private bool TryReadAccount(string? text, out Jid account, out AdminReply problem)
    {
        if (!TryReadBare(text, out account, out problem))
            return false;
        if (account.Domain == options.Domain)
            return true;
        problem = AdminReply.Failed($"{account} is not of this server: it serves {options.Domain}, so give {account.Local}@{options.Domain}, or serve {account.Domain} (--domain, MucGen:Domain).");
        return false;
    }

    private bool TryReadRoom(string? text, out Jid room, out AdminReply problem)
    {
        if (!TryReadBare(text, out room, out problem))
            return false;
        if (room.Domain == options.MucDomain)
            return true;
        problem = AdminReply.Failed($"{room} is not of this server: its rooms are at {options.MucDomain} (--domain, MucGen:MucDomain).");
        return false;
    }

    private static bool TryReadBare(string? text, out Jid bare, out AdminReply problem)
    {
        problem = AdminReply.Done();
        if (Jid.TryParse(text, out var jid, out var fault) && jid is { Local: not null, IsBare: true })
        {
            bare = jid;
            return true;
        }

        bare = null!;
        problem = AdminReply.Failed($"\"{text}\" is no address of the form name@domain{(fault == JidError.None ? "" : $" ({fault})")}.");
        return false;
    }
}
