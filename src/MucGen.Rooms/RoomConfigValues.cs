namespace MucGen.Rooms;

/// <summary>Who may see the real addresses of occupants (<c>muc#roomconfig_whois</c>).</summary>
public enum RoomWhois : byte
{
    /// <summary>Moderators only: a semi-anonymous room.</summary>
    Moderators,

    /// <summary>Everybody: a non-anonymous room.</summary>
    Anyone,
}

/// <summary>Who may send private messages (<c>muc#roomconfig_allowpm</c>, decision A18).</summary>
public enum AllowPm : byte
{
    /// <summary>Every occupant.</summary>
    Anyone,

    /// <summary>Those with voice.</summary>
    Participants,

    /// <summary>Moderators.</summary>
    Moderators,

    /// <summary>Nobody.</summary>
    None,
}

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
