using MucGen.Protocol;
using MucGen.Server.Accounts;
using MucGen.Xml;

namespace MucGen.Server.Commands;

/// <summary>Groups of users that an admin may count or list (XEP-0133 4.13 to 4.22).</summary>
public enum UserGroup : byte
{
    /// <summary>All accounts.</summary>
    Registered,

    /// <summary>Those that may not log in.</summary>
    Disabled,

    /// <summary>Those with a session.</summary>
    Online,

    /// <summary>Those of them who have said something lately: a message or a presence in any session.</summary>
    Active,

    /// <summary>Those online who have not.</summary>
    Idle,
}

/// <summary>Who is in a group at this moment.</summary>
internal static class UserGroups
{
    /// <summary>After how long without a word somebody is idle.</summary>
    public static readonly TimeSpan IdleAfter = TimeSpan.FromMinutes(5);

    /// <summary>What the nodes call the group.</summary>
    public static string NameOf(UserGroup group) => group switch
    {
        UserGroup.Registered => "registered",
        UserGroup.Disabled => "disabled",
        UserGroup.Online => "online",
        UserGroup.Active => "active",
        _ => "idle",
    };

    /// <summary>The node of the list; the published ones do not all follow one pattern.</summary>
    public static string ListNodeOf(UserGroup group) =>
        group is UserGroup.Active or UserGroup.Idle ? $"get-{NameOf(group)}-users" : $"get-{NameOf(group)}-users-list";

    /// <summary>The bare JIDs of a group, in the order of addresses.</summary>
    public static async Task<IReadOnlyList<Jid>> FindAsync(AdminServices services, UserGroup group) => group switch
    {
        UserGroup.Registered => await services.Credentials.ListAsync(CancellationToken.None),
        UserGroup.Disabled => await services.Credentials.ListDisabledAsync(CancellationToken.None),
        UserGroup.Online => Online(services, static _ => true),
        UserGroup.Active => Online(services, static isActive => isActive),
        _ => Online(services, static isActive => !isActive),
    };

    private static List<Jid> Online(AdminServices services, Func<bool, bool> isWanted) =>
    [
        .. services.Sessions.All
            .GroupBy(session => session.Account)
            .Where(account => isWanted(account.Any(session => services.Time.GetElapsedTime(session.LastSpoke) < IdleAfter)))
            .Select(account => account.Key)
            .OrderBy(account => account.ToString(), StringComparer.Ordinal),
    ];
}

/// <summary>Counts a group of users.</summary>
/// <param name="group">Which.</param>
public sealed class CountUsers(UserGroup group)
    : AdminCommand($"get-{UserGroups.NameOf(group)}-users-num", $"Count the {UserGroups.NameOf(group)} users")
{
    /// <inheritdoc/>
    protected override CommandOutcome Run(AdminServices services, AdminFormView fields) => CommandOutcome.Later(async () =>
    {
        var count = (await UserGroups.FindAsync(services, group)).Count;
        return CommandOutcome.Done(result: (ref writer) =>
        {
            var form = AdminFormWriter.Start(ref writer, FormType.Result);
            switch (group)
            {
                case UserGroup.Registered:
                    form.RegisteredUsersNum(count);
                    break;
                case UserGroup.Disabled:
                    form.DisabledUsersNum(count);
                    break;
                case UserGroup.Online:
                    form.OnlineUsersNum(count);
                    break;
                case UserGroup.Active:
                    form.ActiveUsersNum(count);
                    break;
                case UserGroup.Idle:
                    form.IdleUsersNum(count);
                    break;
            }

            form.End();
        });
    });
}

/// <summary>Lists a group of users, in the order of addresses, as far as the admin wants to read.</summary>
/// <param name="group">Which.</param>
public sealed class ListUsers(UserGroup group)
    : AdminCommand(UserGroups.ListNodeOf(group), $"List the {UserGroups.NameOf(group)} users")
{
    private const int MostByDefault = 100;

    /// <inheritdoc/>
    public override StanzaContent Form(DomainTurn turn) => (ref writer) =>
    {
        var form = StartForm(ref writer);
        form.MaxItems(MostByDefault);
        form.End();
    };

    /// <inheritdoc/>
    protected override CommandOutcome Run(AdminServices services, AdminFormView fields)
    {
        var most = fields.HasMaxItems ? fields.MaxItems ?? int.MaxValue : MostByDefault;
        if (most < 1)
            return CommandOutcome.BadPayload("The most entries are a number from 1, or 'none'.");
        return CommandOutcome.Later(async () =>
        {
            var users = (await UserGroups.FindAsync(services, group)).Take(most).ToList();
            return CommandOutcome.Done(result: (ref writer) =>
            {
                var form = AdminFormWriter.Start(ref writer, FormType.Result);
                switch (group)
                {
                    case UserGroup.Registered:
                        form.RegisteredUserJids(users);
                        break;
                    case UserGroup.Disabled:
                        form.DisabledUserJids(users);
                        break;
                    case UserGroup.Online:
                        form.OnlineUserJids(users);
                        break;
                    case UserGroup.Active:
                        form.ActiveUserJids(users);
                        break;
                    case UserGroup.Idle:
                        form.IdleUserJids(users);
                        break;
                }

                form.End();
            });
        });
    }
}
