namespace MucGen.Rooms;

/// <summary>A choice of roles (<c>muc#roomconfig_presencebroadcast</c>, <c>muc#roomconfig_getmemberlist</c>).</summary>
[Flags]
public enum RoleSet : byte
{
    /// <summary>No role.</summary>
    None = 0,

    /// <summary>Visitors.</summary>
    Visitor = 1,

    /// <summary>Participants.</summary>
    Participant = 2,

    /// <summary>Moderators.</summary>
    Moderator = 4,

    /// <summary>Every role.</summary>
    All = Visitor | Participant | Moderator,
}
